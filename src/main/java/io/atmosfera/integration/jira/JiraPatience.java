package io.atmosfera.integration.jira;

import io.atmosfera.integration.outbound.Patience;
import io.atmosfera.integration.outbound.RateLimited;
import io.atmosfera.integration.outbound.RemoteAnswer;
import io.atmosfera.integration.outbound.RetryAfter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Until when a rate limit of Jira's wants to be waited for, from what its headers say; and that it is waited for. */
@Component("jiraPatience")
public class JiraPatience {

    /** Where Jira names no time: its bursts refill within seconds, its quotas at the full hour. */
    private static final Duration BURST = Duration.ofSeconds(5);

    private static final Duration UNKNOWN = Duration.ofSeconds(30);

    private static final String REACHED = "Jira's rate limit is reached";

    /** What limits writes to one issue only, and nothing else of the connection. */
    private static final String OF_ONE_ISSUE = "per-issue";

    private final Patience patience;

    JiraPatience(Patience patience) {
        this.patience = patience;
    }

    /**
     * Passes where Jira may be called.
     *
     * @throws RateLimited where it has asked for patience, and the time has not come
     */
    public void pass(JiraConnection connection) {
        patience.pass(connection.id(), until -> REACHED);
    }

    /** What an answer means that asks for patience; from now on nothing goes out before the time that it names. */
    RateLimited asked(RemoteAnswer answer, JiraConnection connection) {
        String reason = answer.header("RateLimit-Reason").orElse("");
        return patience.asked(
                answer,
                connection.id(),
                now -> answer.header("Retry-After")
                        .flatMap(value -> RetryAfter.parse(value, now))
                        .or(() -> answer.header("X-RateLimit-Reset").flatMap(JiraPatience::reset))
                        .orElseGet(() -> unnamed(reason, now)),
                !reason.contains(OF_ONE_ISSUE),
                until -> REACHED + words(reason));
    }

    private static Instant unnamed(String reason, Instant now) {
        if (reason.contains("quota")) {
            return now.atOffset(ZoneOffset.UTC)
                    .truncatedTo(ChronoUnit.HOURS)
                    .plusHours(1)
                    .toInstant();
        }
        return now.plus(reason.contains("burst") ? BURST : UNKNOWN);
    }

    private static String words(String reason) {
        if (reason.contains("quota")) {
            return " (the site's hourly quota)";
        }
        if (reason.contains(OF_ONE_ISSUE)) {
            return " (too many writes to one issue)";
        }
        return reason.contains("burst") ? " (too many calls at once)" : "";
    }

    /** ISO-8601, sometimes without its seconds. */
    private static Optional<Instant> reset(String value) {
        try {
            return Optional.of(OffsetDateTime.parse(value).toInstant());
        } catch (DateTimeException notIso) {
            return Optional.empty();
        }
    }
}
