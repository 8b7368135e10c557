package io.atmosfera.integration.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The query of a request, decoded; read from the query itself since Camel's headers mix it with HTTP's. */
public final class QueryParameters {

    private final Map<String, List<String>> parameters;

    private QueryParameters(Map<String, List<String>> parameters) {
        this.parameters = parameters;
    }

    /**
     * Takes a query apart.
     *
     * @throws ProblemException 400 where it is not percent-encoded UTF-8
     */
    public static QueryParameters parse(@Nullable String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                if (!pair.isEmpty()) {
                    int equals = pair.indexOf('=');
                    String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                    String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
                    parameters.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
                }
            }
        }
        return new QueryParameters(parameters);
    }

    public Map<String, List<String>> all() {
        return parameters;
    }

    public @Nullable String first(String name) {
        List<String> values = parameters.get(name);
        return values == null ? null : values.get(0);
    }

    private static String decode(String text) {
        // As Jetty reads it; URLDecoder would put a replacement character where bytes are no UTF-8.
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '%') {
                int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
                int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw garbled();
                }
                bytes.put((byte) (high * 16 + low));
                i += 2;
            } else {
                bytes.put(String.valueOf(character == '+' ? ' ' : character).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw garbled();
        }
    }

    private static ProblemException garbled() {
        return new ProblemException(
                Problem.of(HttpStatus.BAD_REQUEST, "The query is not percent-encoded UTF-8; a % itself is %25."));
    }
}
