package io.atmosfera.integration.database;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Texts and moments from outside as PostgreSQL takes them. */
public final class StorableText {

    /** Stands at the end of a text that was cut. */
    public static final String CUT = "…";

    /**
     * The most bytes, in UTF-8, of a text in a column that has an index: an entry may have 2,704 bytes, other columns
     * included. A text of that length that means something is an accident; an identity of that length has to be set aside.
     */
    public static final int MOST_INDEXED_BYTES = 2000;

    private static final char REPLACEMENT = '\uFFFD';
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private StorableText() {}

    /** Without NUL, and with U+FFFD for half a surrogate pair; the same text where it has neither. */
    public static String clean(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0 || Character.isSurrogate(c)) {
                return cleaned(text, i);
            }
        }
        return text;
    }

    /** {@link #clean}, and cut with a mark where it is longer than an index takes. */
    public static String indexed(String text) {
        return cut(clean(text), MOST_INDEXED_BYTES);
    }

    /** Whether a text is too long for a column that has an index. */
    public static boolean isTooLongForAnIndex(String text) {
        return text.length() * 3L > MOST_INDEXED_BYTES
                && text.getBytes(StandardCharsets.UTF_8).length > MOST_INDEXED_BYTES;
    }

    /** A text of at most so many bytes in UTF-8; one that is longer ends with {@link #CUT}. */
    public static String cut(String text, int mostBytes) {
        if (text.length() * 3L <= mostBytes) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= mostBytes) {
            return text;
        }
        int end = mostBytes - CUT.getBytes(StandardCharsets.UTF_8).length;
        // Not in the middle of a character: its bytes but the first begin with the bits 10.
        while ((bytes[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + CUT;
    }

    /**
     * A moment of ISO-8601 in UTC, such as {@code 2026-01-31T12:00:00Z}; null where the text is none, or one that no
     * calendar of people has. PostgreSQL knows fewer zones and years than ISO-8601 does.
     */
    public static @Nullable String moment(String text) {
        try {
            Instant moment = OffsetDateTime.parse(text).toInstant();
            return moment.isBefore(EARLIEST) || moment.isAfter(LATEST) ? null : moment.toString();
        } catch (DateTimeException other) {
            return null;
        }
    }

    private static String cleaned(String text, int from) {
        StringBuilder clean = new StringBuilder(text.length()).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                clean.append(c).append(text.charAt(++i));
            } else if (Character.isSurrogate(c)) {
                clean.append(REPLACEMENT);
            } else if (c != 0) {
                clean.append(c);
            }
        }
        return clean.toString();
    }
}
