package io.atmosfera.integration.outbound;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** The header Retry-After: seconds, or the date of HTTP. */
public final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

    /** What names a later time is a mistake of the other side's, not a wish. */
    private static final Duration LONGEST = Duration.ofDays(366);

    private static final Duration INSTEAD = Duration.ofHours(2);

    private RetryAfter() {}

    /** The moment that a value means; empty where it means none. */
    public static Optional<Instant> parse(String value, Instant now) {
        return SECONDS.matcher(value).matches() ? Optional.of(now.plusSeconds(Long.parseLong(value))) : date(value);
    }

    /** How long to wait where so long is asked for: never shorter, unless nobody can mean it. */
    public static Duration meant(Duration asked) {
        return asked.compareTo(LONGEST) > 0 ? INSTEAD : asked;
    }

    /** A moment as HTTP writes it. */
    public static Optional<Instant> date(String value) {
        try {
            return Optional.of(ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException neither) {
            return Optional.empty();
        }
    }
}
