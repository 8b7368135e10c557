package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A webhook of the repository, with what became of its latest deliveries. */
final class Hook {

    private static final int MOST_DELIVERIES = 500;

    /**
     * An attempt to deliver something.
     *
     * @param json as the list of deliveries has it
     * @param payload what was sent
     */
    record Delivery(ObjectNode json, String payload) {

        long id() {
            return json.path("id").asLong();
        }
    }

    private final long id;
    private final Instant createdAt;
    private final ArrayNode events = Json.array();
    private final Deque<Delivery> deliveries = new ArrayDeque<>();
    private String url = "";
    private String contentType = "form";
    private String insecureSsl = "0";
    private String secret = "";
    private boolean active = true;
    private Instant updatedAt;

    Hook(long id, Instant createdAt) {
        this.id = id;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
    }

    /** Takes what a request says and leaves the rest as it is. */
    synchronized void change(JsonNode given, Instant at) {
        JsonNode config = given.path("config");
        url = config.path("url").asText(url);
        contentType = config.path("content_type").asText(contentType);
        insecureSsl = config.path("insecure_ssl").asText(insecureSsl);
        secret = config.path("secret").asText(secret);
        active = given.path("active").asBoolean(active);
        if (given.path("events").isArray()) {
            events.removeAll();
            given.path("events").forEach(events::add);
        } else if (events.isEmpty()) {
            events.add("push");
        }
        updatedAt = at;
    }

    synchronized boolean wants(String event) {
        return active && (event.equals("ping") || has("*") || has(event));
    }

    private boolean has(String event) {
        for (JsonNode each : events) {
            if (each.asText().equals(event)) {
                return true;
            }
        }
        return false;
    }

    long id() {
        return id;
    }

    synchronized String url() {
        return url;
    }

    synchronized String secret() {
        return secret;
    }

    synchronized boolean isForm() {
        return !contentType.equals("json");
    }

    synchronized void note(Delivery delivery) {
        deliveries.addFirst(delivery);
        if (deliveries.size() > MOST_DELIVERIES) {
            deliveries.removeLast();
        }
    }

    /** The attempts, newest first. */
    synchronized List<Delivery> deliveries() {
        return List.copyOf(deliveries);
    }

    Optional<Delivery> delivery(long delivery) {
        return deliveries().stream().filter(one -> one.id() == delivery).findFirst();
    }

    /** As the API shows it, without the secret. */
    synchronized ObjectNode json(String address) {
        ObjectNode node = Json.object()
                .put("type", "Repository")
                .put("id", id)
                .put("name", "web")
                .put("active", active)
                .put("url", address)
                .put("ping_url", address + "/pings")
                .put("deliveries_url", address + "/deliveries")
                .put("created_at", createdAt.toString())
                .put("updated_at", updatedAt.toString());
        node.set("events", events.deepCopy());
        ObjectNode config = node.putObject("config")
                .put("url", url)
                .put("content_type", contentType)
                .put("insecure_ssl", insecureSsl);
        if (!secret.isEmpty()) {
            config.put("secret", "********");
        }
        return node;
    }
}
