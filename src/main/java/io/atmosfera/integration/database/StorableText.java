package io.atmosfera.integration.database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Texts and moments from outside as PostgreSQL takes them. */
public final class StorableText {

    /** Stands at the end of a text that was cut. */
    public static final String CUT = "…";

    /**
     * The most bytes, in UTF-8, of a text in a column that has an index: an entry may have 2,704 bytes, other columns
     * included. A text of that length that means something is an accident; an identity of that length is quarantined.
     */
    public static final int MOST_INDEXED_BYTES = 2000;

    /** Bytes of the hash that tells cut texts apart. */
    private static final int HASH_BYTES = 6;

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
        return isLonger(text, MOST_INDEXED_BYTES);
    }

    /** Whether a text has more than so many bytes in UTF-8. */
    public static boolean isLonger(String text, int mostBytes) {
        return text.length() * 3L > mostBytes && text.getBytes(StandardCharsets.UTF_8).length > mostBytes;
    }

    /**
     * {@link #cut}, for a text by which rows are found: behind the mark stands a hash of the whole text, so that two texts that
     * begin alike stay two.
     */
    public static String cutApart(String text, int mostBytes) {
        return isLonger(text, mostBytes) ? cut(text, mostBytes - 2 * HASH_BYTES) + hash(text) : text;
    }

    /** A text of at most so many bytes in UTF-8; one that is longer ends with {@link #CUT}. */
    public static String cut(String text, int mostBytes) {
        if (!isLonger(text, mostBytes)) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
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

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
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
