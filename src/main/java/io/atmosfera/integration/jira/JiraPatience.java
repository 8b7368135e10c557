package io.atmosfera.integration.jira;

import io.atmosfera.integration.outbound.RetryAfter;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Until when a rate limit of Jira's wants to be waited for, from what its headers say. */
@Component
class JiraPatience {

    /** Where Jira names no time: its bursts refill within seconds, its quotas at the full hour. */
    private static final Duration BURST = Duration.ofSeconds(5);

    private static final Duration UNKNOWN = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(2);
    private static final int JITTER_MILLIS = 500;

    private final Clock clock;

    JiraPatience(Clock clock) {
        this.clock = clock;
    }

    JiraRateLimitException exception(Map<String, Object> headers) {
        Instant now = clock.instant();
        String reason = text(headers, "RateLimit-Reason").orElse("");
        Instant until = text(headers, "Retry-After")
                .flatMap(value -> RetryAfter.parse(value, now))
                .or(() -> text(headers, "X-RateLimit-Reset").flatMap(JiraPatience::reset))
                .orElseGet(() -> unnamed(reason, now));
        if (until.isAfter(now.plus(LONGEST))) {
            until = now.plus(LONGEST);
        }
        // Many syncs that wait for the same moment must not all call in it.
        until = until.plusMillis(ThreadLocalRandom.current().nextInt(JITTER_MILLIS));
        return new JiraRateLimitException("Jira's rate limit is reached" + words(reason), until);
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
