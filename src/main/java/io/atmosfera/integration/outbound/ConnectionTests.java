package io.atmosfera.integration.outbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.stereotype.Component;

/** What tests of connections have in common: when they began, and how they are answered. */
@Component("connectionTests")
public class ConnectionTests {

    private final ObjectMapper json;

    ConnectionTests(ObjectMapper json) {
        this.json = json;
    }

    /** A moment to measure from. */
    public long start() {
        return System.nanoTime();
    }

    public String json(ConnectionResult result) {
        try {
            return json.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A result is always writable", e);
        }
    }
}
