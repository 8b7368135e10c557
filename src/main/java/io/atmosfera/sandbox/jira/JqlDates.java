package io.atmosfera.sandbox.jira;

import io.atmosfera.sandbox.jira.Jql.Operand;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How JQL reads points in time. */
record JqlDates(ZoneId zone, Clock clock) {

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-M-d H:mm").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-M-d").withResolverStyle(ResolverStyle.STRICT);
    private static final Pattern PERIOD = Pattern.compile("([+-]?)(\\d{1,6})([mhdw])");

    /**
     * Digits without quotes are milliseconds since 1970, the same in every zone. Quoted text has no seconds and means
     * the zone of whoever asks, which is why a cursor written that way loses or repeats issues.
     */
    Instant read(String field, Operand operand) {
        String text = operand.text().strip();
        if (!operand.quoted() && text.matches("-?\\d{1,15}")) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        Matcher period = PERIOD.matcher(text);
        if (period.matches()) {
            Duration length = length(Long.parseLong(period.group(2)), period.group(3));
            return period.group(1).equals("-")
                    ? clock.instant().minus(length)
                    : clock.instant().plus(length);
        }
        String dashed = text.replace('/', '-');
        try {
            return dashed.contains(" ")
                    ? LocalDateTime.parse(dashed, MINUTE).atZone(zone).toInstant()
                    : LocalDate.parse(dashed, DAY).atStartOfDay(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw RejectedRequestException.jql("Date value '" + operand.text() + "' for field '" + field
                    + "' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', "
                    + "'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.");
        }
    }

    private static Duration length(long amount, String unit) {
        return switch (unit) {
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> Duration.ofDays(7 * amount);
        };
    }
}
