package io.atmosfera.integration.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * What another system answered, read to its end.
 *
 * @param status  the HTTP status
 * @param bytes   the body
 * @param headers the headers, under any spelling
 */
public record RemoteAnswer(int status, byte[] bytes, Map<String, Object> headers) {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;\\s*rel=\"next\"");

    /**
     * Reads an answer.
     *
     * @param most bytes that a body may have; what it has beyond is not read
     * @throws IOException if the connection breaks in the middle of it
     */
    public static RemoteAnswer read(@Nullable InputStream body, Map<String, Object> headers, int most)
            throws IOException {
        int status = Integer.parseInt(String.valueOf(headers.get(Exchange.HTTP_RESPONSE_CODE)));
        if (body == null) {
            return new RemoteAnswer(status, new byte[0], headers);
        }
        try (body) {
            return new RemoteAnswer(status, body.readNBytes(most), headers);
        }
    }

    public boolean isGood() {
        return status >= 200 && status < 300;
    }

    /** A header's value; empty if there is none. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name))
                .map(Object::toString)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /** The address of the page after this one, by its header Link, wherever that leads. */
    public Optional<String> next() {
        return header("Link").map(NEXT::matcher).filter(Matcher::find).map(link -> link.group(1));
    }

    /** Whether it is a page for people, whatever was asked for. */
    public boolean isWebPage() {
        return header(Exchange.CONTENT_TYPE).orElse("").toLowerCase(Locale.ROOT).contains("html") || beginsLikeOne();
    }

    private boolean beginsLikeOne() {
        for (byte b : bytes) {
            if (!Character.isWhitespace(b)) {
                return b == '<';
            }
        }
        return false;
    }
}
