package io.atmosfera.integration.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON of any size and depth costs only what goes beyond the limits. */
class LenientJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode read(String text) throws IOException {
        return LenientJson.read(text.getBytes(StandardCharsets.UTF_8), JSON);
    }

    @Test
    void whatGoesBeyondTheLimitsIsCutWithAMarkAndTheRestStays() throws IOException {
        String deep = "[".repeat(3000) + "1" + "]".repeat(3000);
        JsonNode read = read("[{\"id\": 1, \"deep\": " + deep
                + ", \"after\": {\"x\": [true, null, 1.5, \"t\"]}}, {\"long\": " + "9".repeat(1200) + ", \"id\": 2}, "
                + "{\"a\":".repeat(1500) + "0" + "}".repeat(1500) + ", 7]");

        assertThat(read).hasSize(4);
        assertThat(read.path(0).path("id").intValue()).isEqualTo(1);
        assertThat(read.path(0).path("after")).isEqualTo(JSON.readTree("{\"x\": [true, null, 1.5, \"t\"]}"));
        JsonNode inner = read.path(0).path("deep");
        int depth = 2;
        while (inner.isArray()) {
            inner = inner.path(0);
            depth++;
        }
        assertThat(inner.asText()).isEqualTo("…");
        assertThat(depth).isEqualTo(500);
        assertThat(read.path(1).path("long").asText())
                .hasSize(1001)
                .startsWith("999")
                .endsWith("…");
        assertThat(read.path(1).path("id").intValue()).isEqualTo(2);
        assertThat(read.path(3).intValue()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "7", "\"x\"", "null", "{\"a\": [1, {\"b\": null}]}"})
    void whatIsWithinTheLimitsIsReadAsAlways(String text) throws IOException {
        assertThat(read(text)).isEqualTo(JSON.readTree(text));
    }

    @Test
    void aNumberAloneIsCutToo() throws IOException {
        assertThat(read("1".repeat(1001)).asText()).endsWith("…");
    }

    @Test
    void whatIsNoJsonIsNone() {
        assertThatThrownBy(() -> read("{\"a\": ")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> read("[".repeat(2000))).isInstanceOf(IOException.class);
    }
}
