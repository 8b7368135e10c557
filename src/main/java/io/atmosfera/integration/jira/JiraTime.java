package io.atmosfera.integration.jira;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
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

    /** The form of both deployments: 0 for a digit, ± for a sign, the rest as it is. */
    private static final String USUAL = "0000-00-00T00:00:00.000\u00b10000";

    private static final int NANOS_OF_MILLI = 1_000_000;
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
            if (isUsual(text)) {
                return usual(text);
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
        } catch (DateTimeException | NumberFormatException notATime) {
            return null;
        }
    }

    private static boolean isUsual(String text) {
        if (text.length() != USUAL.length()) {
            return false;
        }
        for (int i = 0; i < USUAL.length(); i++) {
            char c = text.charAt(i);
            boolean fits =
                    switch (USUAL.charAt(i)) {
                        case '0' -> c >= '0' && c <= '9';
                        case '\u00b1' -> c == '+' || c == '-';
                        default -> c == USUAL.charAt(i);
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** By hand: a formatter takes longer for the two times of an issue than hashing the issue does. */
    private static long usual(String text) {
        LocalDateTime local = LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 2),
                number(text, 8, 2),
                number(text, 11, 2),
                number(text, 14, 2),
                number(text, 17, 2),
                number(text, 20, 3) * NANOS_OF_MILLI);
        int sign = text.charAt(23) == '-' ? -1 : 1;
        ZoneOffset offset = ZoneOffset.ofHoursMinutes(sign * number(text, 24, 2), sign * number(text, 26, 2));
        return local.toInstant(offset).toEpochMilli();
    }

    private static int number(String text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
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
