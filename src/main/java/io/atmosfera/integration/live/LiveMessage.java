package io.atmosfera.integration.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One message, made into bytes once for all who get it.
 *
 * @param projectId whose followers get it; null for everybody
 * @param bytes     the JSON text; never read itself, only through {@link #payload}
 */
record LiveMessage(@Nullable Long projectId, ByteBuffer bytes) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String PROJECT = "projectId";

    /**
     * Takes a message as the database sent it.
     *
     * @throws IOException where it is no JSON object
     */
    static LiveMessage of(String text) throws IOException {
        try (JsonParser json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("A live message is a JSON object");
            }
            Long projectId = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean project = json.currentName().equals(PROJECT);
                if (json.nextToken() == JsonToken.VALUE_NUMBER_INT && project) {
                    projectId = json.getLongValue();
                }
                json.skipChildren();
            }
            return new LiveMessage(projectId, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Says that the connection lives. */
    static LiveMessage heartbeat(@Nullable Long projectId) {
        return own("heartbeat", projectId);
    }

    /** Says that something was missed, so the client has to fetch again what it shows. */
    static LiveMessage resync(@Nullable Long projectId) {
        return own("resync", projectId);
    }

    private static LiveMessage own(String type, @Nullable Long projectId) {
        String project = projectId == null ? "" : ", \"" + PROJECT + "\": " + projectId;
        String text = "{\"at\": \"" + Instant.now().truncatedTo(ChronoUnit.MILLIS) + "\", \"type\": \"" + type + "\""
                + project + "}";
        return new LiveMessage(projectId, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The bytes for one writer. */
    ByteBuffer payload() {
        return bytes.asReadOnlyBuffer();
    }
}
