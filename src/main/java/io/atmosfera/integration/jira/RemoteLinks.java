package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.outbound.AskedToWait;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.RefusedException;
import io.atmosfera.integration.outbound.RootCause;
import io.atmosfera.integration.outbound.UnusableListException;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Links that lead out of Jira's tickets: where they are asked for, and what Jira's answers mean for them. */
@Component("remoteLinks")
public class RemoteLinks {

    /** What a changelog calls them; no list and no event has them. */
    private static final byte[] TOLD = "\"RemoteIssueLink\"".getBytes(StandardCharsets.US_ASCII);

    private static final Set<Reason> OF_THE_CONNECTION =
            EnumSet.of(Reason.AUTHENTICATION, Reason.NOT_THE_API, Reason.GONE);

    private static final double FIRST_PAUSE_SECONDS = 15;
    private static final double LONGEST_PAUSE_SECONDS = 3600;

    /** Until a person has mended the connection. */
    private static final double BROKEN_SECONDS = 900;

    private final ObjectMapper json;
    private final JiraFailures failures;
    private final Clock clock;

    RemoteLinks(ObjectMapper json, JiraFailures failures, Clock clock) {
        this.json = json;
        this.failures = failures;
        this.clock = clock;
    }

    /**
     * Why something could not be read or written.
     *
     * @param words   in a sentence
     * @param again   whether it may be possible another time
     * @param missing whether Jira does not have the ticket, or not for this account
     * @param ofAll   whether it is the same with all other tickets of the project
     * @param seconds how long to wait before that
     */
    public record Problem(String words, boolean again, boolean missing, boolean ofAll, double seconds) {}

    /** Whether an issue, as Jira sends it with its changelog, tells that it has links or had some. */
    static boolean areTold(byte[] body, int begin, int end) {
        int last = end - TOLD.length;
        search:
        for (int i = begin; i <= last; i++) {
            if (body[i] != TOLD[0] || body[i + 1] != TOLD[1]) {
                continue;
            }
            for (int j = 2; j < TOLD.length; j++) {
                if (body[i + j] != TOLD[j]) {
                    continue search;
                }
            }
            return true;
        }
        return false;
    }

    /** Where the links of a ticket are. */
    public String url(JiraConnection connection, Map<String, Object> work) {
        return connection.api("/issue/" + work.get("jira_id") + "/remotelink");
    }

    /** Where one link is, by the id that the platform has given it. */
    public String one(JiraConnection connection, Map<String, Object> work) {
        return url(connection, work) + "?globalId="
                + URLEncoder.encode(String.valueOf(work.get("global_id")), StandardCharsets.UTF_8);
    }

    /** Whether Jira has a link otherwise than it is to be. An identical one written again would show in the activity. */
    public boolean differs(@Nullable JsonNode found, Map<String, Object> work) throws IOException {
        return found == null || !covers(found, json.readTree(String.valueOf(work.get("payload"))));
    }

    private static boolean covers(JsonNode found, JsonNode wanted) {
        if (!wanted.isObject()) {
            return wanted.equals(found);
        }
        return wanted.properties().stream().allMatch(field -> covers(found.path(field.getKey()), field.getValue()));
    }

    /** What a failure means for one ticket's links. */
    public Problem problem(Throwable failure, Map<String, Object> work) {
        Throwable cause = RootCause.of(failure);
        String words = failures.describe(failure);
        if (cause instanceof AskedToWait wait) {
            double seconds = Duration.between(clock.instant(), wait.until()).toMillis() / 1000.0;
            return new Problem(words, true, false, true, Math.max(1, seconds));
        }
        if (cause instanceof UnusableListException) {
            return new Problem(words, false, false, false, 0);
        }
        if (cause instanceof RefusedException refusal) {
            return OF_THE_CONNECTION.contains(refusal.reason())
                    ? new Problem(words, true, false, true, BROKEN_SECONDS)
                    : new Problem(words, false, refusal.reason() == Reason.NOT_FOUND, false, 0);
        }
        int attempts = work.get("attempts") instanceof Number number ? number.intValue() : 1;
        double pause = FIRST_PAUSE_SECONDS * Math.pow(2, Math.min(attempts, 16));
        return new Problem(words, true, false, false, Math.min(LONGEST_PAUSE_SECONDS, pause));
    }
}
