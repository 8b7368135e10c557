package io.atmosfera.integration.webhook;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.database.PackedPayload;
import io.atmosfera.integration.http.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/** The body of a stored delivery: as it came, and as people want to see it. */
@Component("deliveredBody")
public class DeliveredBody {

    private final ObjectMapper json;

    DeliveredBody(ObjectMapper json) {
        this.json = json;
    }

    /** The bytes as they came; the row has {@code payload} and {@code payload_length}. */
    public byte[] bytes(Map<String, Object> row) {
        byte[] packed = (byte[]) Objects.requireNonNull(row.get("payload"));
        return PackedPayload.unpack(packed, ((Number) Objects.requireNonNull(row.get("payload_length"))).intValue());
    }

    /** What the sender called it. */
    public String type(Map<String, Object> row) {
        return isForm(row) ? "application/x-www-form-urlencoded" : "application/json";
    }

    /** The row's item with the body as its {@code payload}: JSON as it came, digit by digit; anything else as a text. */
    public String shown(Map<String, Object> row) throws IOException {
        String text = new String(isForm(row) ? inForm(bytes(row)) : bytes(row), StandardCharsets.UTF_8);
        String item = String.valueOf(row.get("item"));
        String payload = isJson(text) ? text : json.writeValueAsString(text);
        return item.substring(0, item.length() - 1) + ", \"payload\": " + payload + "}";
    }

    private static byte[] inForm(byte[] form) {
        try {
            return WebhookBody.bytesOfForm(form);
        } catch (ProblemException unreadable) {
            return form;
        }
    }

    private static boolean isForm(Map<String, Object> row) {
        return Boolean.TRUE.equals(row.get("is_form"));
    }

    private boolean isJson(String text) {
        try (JsonParser parser = json.createParser(text)) {
            JsonToken first = parser.nextToken();
            parser.skipChildren();
            return first != null && parser.nextToken() == null;
        } catch (IOException notJson) {
            return false;
        }
    }
}
