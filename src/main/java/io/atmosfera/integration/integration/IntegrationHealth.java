package io.atmosfera.integration.integration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.outbound.OutboundState;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.Body;
import org.springframework.stereotype.Component;

/** Puts what the database knows of the connections and what this instance sees of their circuits into one answer. */
@Component("integrationHealth")
public class IntegrationHealth {

    private final ObjectMapper json;
    private final OutboundState outbound;

    IntegrationHealth(ObjectMapper json, OutboundState outbound) {
        this.json = json;
        this.outbound = outbound;
    }

    /** The answer of {@code GET /api/integrations/health}. */
    public String json(@Body Map<String, Object> row) throws IOException {
        JsonNode integrations = json.readTree(String.valueOf(row.get("integrations")));
        int down = 0;
        int degraded = 0;
        for (JsonNode integration : integrations) {
            ObjectNode connection = (ObjectNode) integration;
            String id = connection.path("connectionId").asText();
            String circuit = outbound.circuit(id);
            connection.put("circuit", circuit);
            if (outbound.rateLimit(id) != null) {
                // Newer than what was kept, which may be another instance's.
                connection.set("rateLimit", json.valueToTree(outbound.rateLimit(id)));
            } else if (!connection.has("rateLimit")) {
                connection.putNull("rateLimit");
            }
            if (circuit.equals("OPEN")) {
                connection.put("status", "DOWN");
            }
            down += connection.path("status").asText().equals("DOWN") ? 1 : 0;
            degraded += connection.path("status").asText().equals("DEGRADED") ? 1 : 0;
        }
        ObjectNode health = json.createObjectNode();
        health.put("status", down + degraded == 0 ? "UP" : down == integrations.size() ? "DOWN" : "DEGRADED");
        health.set("integrations", integrations);
        health.putObject("database").put("status", "UP");
        health.putObject("queue")
                .put("runningSyncs", (Integer) row.get("running"))
                .put("waitingSyncs", (Integer) row.get("waiting"))
                .put("unindexedTickets", (Integer) row.get("unindexed"));
        return health.toString();
    }
}
