package io.atmosfera.sandbox.jira;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * What is behind a {@code nextPageToken}: the query it was given for and an offset into its result. The result is
 * evaluated afresh for every page, so issues that change in between shift the pages, as the worst real sites do.
 */
record PageToken(String jql, int offset, Instant issuedAt) {

    private static final Duration LIFE = Duration.ofDays(7);

    String encode() {
        String content = offset + "|" + issuedAt.toEpochMilli() + "|" + jql;
        String text = checksum(content) + "|" + content;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty for a token that was not made here or is older than seven days. */
    static Optional<PageToken> decode(String token, Instant now) {
        String text;
        try {
            text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        int bar = text.indexOf('|');
        if (bar < 0 || !checksum(text.substring(bar + 1)).equals(text.substring(0, bar))) {
            return Optional.empty();
        }
        String[] parts = text.substring(bar + 1).split("\\|", 3);
        Instant issuedAt = Instant.ofEpochMilli(Long.parseLong(parts[1]));
        return issuedAt.plus(LIFE).isBefore(now)
                ? Optional.empty()
                : Optional.of(new PageToken(parts[2], Integer.parseInt(parts[0]), issuedAt));
    }

    private static String checksum(String content) {
        CRC32 crc = new CRC32();
        crc.update(content.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
