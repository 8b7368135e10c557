package io.atmosfera.integration.jira;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the times that Jira writes: offsets with and without a colon, with and without milliseconds, days, epochs. */
final class JiraTime {

    private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm")
            .optionalStart()
            .appendPattern(":ss")
            .optionalEnd()
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .appendPattern("[XXX][XX][X]")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private static final int FAST_LENGTH = "2021-03-28T16:05:55.016+0800".length();
    private static final int EPOCH_MILLIS_DIGITS = 11;
    private static final int DAY_LENGTH = "2021-03-28".length();

    /** Years of four digits: beyond them lie typing errors, and what timestamptz does not hold. */
    private static final long EARLIEST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();

    private static final long LATEST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private JiraTime() {}

    /** Epoch milliseconds, or null where the text is none of Jira's forms or no year of four digits. */
    static @Nullable Long millis(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        Long millis = read(text);
        return millis == null || millis < EARLIEST || millis > LATEST ? null : millis;
    }

    private static @Nullable Long read(String text) {
        try {
            if (text.length() == FAST_LENGTH) {
                return OffsetDateTime.parse(text, FORMAT).toInstant().toEpochMilli();
            }
            if (text.chars().allMatch(Character::isDigit)) {
                long number = Long.parseLong(text);
                return text.length() >= EPOCH_MILLIS_DIGITS ? number : number * 1000;
            }
            if (text.length() == DAY_LENGTH) {
                return LocalDate.parse(text)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .toEpochMilli();
            }
            return OffsetDateTime.parse(text, FORMAT).toInstant().toEpochMilli();
        } catch (DateTimeParseException | NumberFormatException notATime) {
            return null;
        }
    }

    /** ISO-8601 in UTC. */
    static @Nullable String iso(@Nullable String text) {
        Long millis = millis(text);
        return millis == null ? null : Instant.ofEpochMilli(millis).toString();
    }

    /** The calendar day as Jira wrote it, without moving it to another zone. */
    static String day(@Nullable String text) {
        if (text == null) {
            return "";
        }
        if (text.length() >= DAY_LENGTH && text.charAt(4) == '-') {
            return text.substring(0, DAY_LENGTH);
        }
        String iso = iso(text);
        return iso == null ? "" : iso.substring(0, DAY_LENGTH);
    }
}
