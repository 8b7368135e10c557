package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.ConnectionResult;
import io.atmosfera.integration.outbound.QuietConnections;
import io.atmosfera.integration.outbound.RateLimited;
import io.atmosfera.integration.outbound.RefusedException;
import io.atmosfera.integration.outbound.RootCause;
import io.atmosfera.integration.outbound.TransientException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a test of a connection to Jira found, step by step, and what it means in the end. */
@Component("jiraProbe")
public class JiraProbe {

    private static final int MOST_OF_A_JQL = 300;

    private final JiraFailures failures;

    JiraProbe(JiraFailures failures) {
        this.failures = failures;
    }

    public ConnectionResult passed(JsonNode serverInfo, JsonNode myself, String deployment, long started) {
        String account = myself.path("displayName").asText(myself.path("name").asText());
        return new ConnectionResult(
                true,
                deployment,
                serverInfo.path("version").asText(null),
                account,
                null,
                ConnectionResult.since(started),
                null,
                null,
                Deployments.baseUrl(serverInfo));
    }

    /** The search of a full sync, for as little of its answer as Jira gives: an id on Cloud, nothing on Data Center. */
    public String searchUrl(JiraConnection connection, String deployment) {
        JiraConnection known = connection.of(deployment);
        return SearchRequest.first(0, known, known.crawl(), known.isCloud() ? 1 : 0, true)
                .url();
    }

    /** The same failure means different things at different steps: a 404 of /serverInfo is a wrong address. */
    public ConnectionResult failed(
            Throwable failure, @Nullable String step, @Nullable Long started, JiraConnection connection) {
        String error = failures.describe(failure);
        if (failure instanceof RefusedException refusal) {
            if ("serverInfo".equals(step) && refusal.reason() == Reason.NOT_FOUND) {
                error =
                        "What answers at jiraUrl is not Jira: it has no /rest/api/2/serverInfo. Check the address; a Data "
                                + "Center behind a context path needs it (https://host/jira).";
            } else if ("project".equals(step)
                    && (refusal.reason() == Reason.NOT_FOUND || refusal.reason() == Reason.PERMISSION)) {
                error = "The account is accepted, but it has no permission to browse the project "
                        + connection.projectKey() + ", or the project does not exist.";
            } else if ("search".equals(step) && refusal.reason() == Reason.BAD_REQUEST) {
                error = "The account is accepted, but a sync would fail: Jira refuses its JQL, "
                        + cut(connection.crawl()) + ". " + error;
            }
        } else if (failure instanceof TransientException
                && "serverInfo".equals(step)
                && error.contains("not valid JSON")) {
            error = "What answers at jiraUrl is not Jira: its answer is no JSON. Check the address.";
        }
        if (RootCause.of(failure) instanceof RateLimited limit) {
            error += "; nothing is sent before " + QuietConnections.shown(limit.until()) + ".";
            return ConnectionResult.failed(error, started, OffsetDateTime.ofInstant(limit.until(), ZoneOffset.UTC));
        }
        return ConnectionResult.failed(error, started, null);
    }

    private static String cut(String jql) {
        return jql.length() <= MOST_OF_A_JQL ? jql : jql.substring(0, MOST_OF_A_JQL) + "…";
    }
}
