package io.atmosfera.integration.sync;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.http.ConflictException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What starting a sync asks for and answers. */
@Component("syncStarts")
public class SyncStarts {

    private static final String TYPE = "syncType";

    private final ObjectMapper json;
    private final Environment environment;

    SyncStarts(ObjectMapper json, Environment environment) {
        this.json = json;
        this.environment = environment;
    }

    /** What a request asks for; without a body or a type it is an incremental sync. */
    public Map<String, Object> request(byte @Nullable [] body) throws IOException {
        Map<String, Object> request = body == null || body.length == 0
                ? new HashMap<>()
                : json.readValue(body, new TypeReference<HashMap<String, Object>>() {});
        request.putIfAbsent(TYPE, "incremental");
        return request;
    }

    /**
     * Passes where a source is on.
     *
     * @throws ConflictException where it is switched off
     */
    public void requireEnabled(String source, String name) {
        String knob = "platform." + source + ".enabled";
        if (!environment.getProperty(knob, Boolean.class, true)) {
            throw new ConflictException("The " + name + " integration is switched off (" + knob + ").");
        }
    }

    /** What starting a sync answers. */
    public String started(Map<String, Object> found) {
        return json.createObjectNode()
                .put("syncId", ((Number) Objects.requireNonNull(found.get("syncId"))).longValue())
                .put("status", "running")
                .toString();
    }

    /** What starting a sync answers where one runs already: a problem that names it. */
    public String conflict(Map<String, Object> found) {
        ObjectNode problem = json.createObjectNode()
                .put("type", "about:blank")
                .put("title", "Conflict")
                .put("status", 409)
                .put("detail", "A sync of this project is running already.");
        if (found.get("runningId") instanceof Number running) {
            problem.put("syncId", running.longValue());
        }
        return problem.toString();
    }
}
