package io.atmosfera.integration.jira;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.jira.JiraRefusalException.Reason;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a test of a connection found, step by step, and what it means in the end. */
@Component("connectionTest")
public class ConnectionTest {

    private final SyncFailures failures;
    private final ObjectMapper json;

    ConnectionTest(SyncFailures failures, ObjectMapper json) {
        this.failures = failures;
        this.json = json;
    }

    /** The answer as clients get it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(
            boolean ok,
            @Nullable String deployment,
            @Nullable String serverVersion,
            @Nullable String account,
            long latencyMs,
            @Nullable String error) {}

    public long start() {
        return System.nanoTime();
    }

    public Result passed(JsonNode serverInfo, JsonNode myself, String deployment, long started) {
        String account = myself.path("displayName").asText(myself.path("name").asText());
        return new Result(true, deployment, serverInfo.path("version").asText(null), account, since(started), null);
    }

    /** The same failure means different things at different steps: a 404 of /serverInfo is a wrong address. */
    public Result failed(
            Throwable failure, @Nullable String step, @Nullable Long started, @Nullable String projectKey) {
        String error = failures.describe(failure);
        if (failure instanceof JiraRefusalException refusal) {
            if ("serverInfo".equals(step) && refusal.reason() == Reason.NOT_FOUND) {
                error =
                        "What answers at jiraUrl is not Jira: it has no /rest/api/2/serverInfo. Check the address; a Data "
                                + "Center behind a context path needs it (https://host/jira).";
            } else if ("project".equals(step)
                    && (refusal.reason() == Reason.NOT_FOUND || refusal.reason() == Reason.PERMISSION)) {
                error = "The account is accepted, but it has no permission to browse the project " + projectKey
                        + ", or the project does not exist.";
            }
        } else if (failure instanceof JiraTransientException
                && "serverInfo".equals(step)
                && error.contains("not valid JSON")) {
            error = "What answers at jiraUrl is not Jira: its answer is no JSON. Check the address.";
        }
        return new Result(false, null, null, null, started == null ? 0 : since(started), error);
    }

    public String json(Result result) {
        try {
            return json.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A result is always writable", e);
        }
    }

    private static long since(long started) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    }
}
