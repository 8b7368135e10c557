package io.atmosfera.integration.jira;

import io.atmosfera.integration.outbound.QuietConnections;
import io.atmosfera.integration.outbound.RetryAfter;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Until when a rate limit of Jira's wants to be waited for, from what its headers say; and that it is waited for. */
@Component("jiraPatience")
public class JiraPatience {

    /** Where Jira names no time: its bursts refill within seconds, its quotas at the full hour. */
    private static final Duration BURST = Duration.ofSeconds(5);

    private static final Duration UNKNOWN = Duration.ofSeconds(30);

    /** What limits writes to one issue only, and nothing else of the connection. */
    private static final String OF_ONE_ISSUE = "per-issue";

    private final Clock clock;
    private final QuietConnections quiet;

    JiraPatience(Clock clock, QuietConnections quiet) {
        this.clock = clock;
        this.quiet = quiet;
    }

    /**
     * Passes where Jira may be called.
     *
     * @throws JiraRateLimitException where it has asked for patience, and the time has not come
     */
    public boolean pass(JiraConnection connection) {
        Instant until = quiet.until(connection.id());
        if (until != null) {
            throw new JiraRateLimitException("Jira's rate limit is reached", until, clock.instant());
        }
        return true;
    }

    /** What an answer means that asks for patience; from now on nothing goes out before the time that it names. */
    JiraRateLimitException exception(Map<String, Object> headers, JiraConnection connection) {
        Instant ours = clock.instant();
        // By Jira's clock, in case ours goes wrong.
        Instant now = text(headers, "Date").flatMap(RetryAfter::date).orElse(ours);
        String reason = text(headers, "RateLimit-Reason").orElse("");
        Instant until = text(headers, "Retry-After")
                .flatMap(value -> RetryAfter.parse(value, now))
                .or(() -> text(headers, "X-RateLimit-Reset").flatMap(JiraPatience::reset))
                .orElseGet(() -> unnamed(reason, now));
        Instant wait = QuietConnections.jittered(ours.plus(RetryAfter.meant(Duration.between(now, until))));
        if (!reason.contains(OF_ONE_ISSUE)) {
            quiet.ask(connection.id(), wait);
        }
        return new JiraRateLimitException("Jira's rate limit is reached" + words(reason), wait, ours);
    }

    private static Instant unnamed(String reason, Instant now) {
        if (reason.contains("quota")) {
            return now.atOffset(java.time.ZoneOffset.UTC)
                    .truncatedTo(java.time.temporal.ChronoUnit.HOURS)
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

    private static Optional<String> text(Map<String, Object> headers, String name) {
        @Nullable Object value = headers.get(name);
        return Optional.ofNullable(value)
                .map(Object::toString)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }
}
