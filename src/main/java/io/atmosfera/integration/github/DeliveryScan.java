package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A hook's list of deliveries, newest first, read page by page back to what was read before. */
public final class DeliveryScan {

    /** GitHub sends nothing again that is older. */
    private static final Duration OLDEST = Duration.ofDays(3);

    /** Younger ones may still be under way. */
    private static final Duration YOUNGEST = Duration.ofMinutes(1);

    private static final int MOST_PAGES = 100;

    private final ObjectMapper json;
    private final long knownUpTo;
    private final Instant now;
    private final Map<String, Delivery> deliveries = new LinkedHashMap<>();
    private long last;
    private int pages;
    private boolean done;

    /** The newest attempt to deliver something, and whether all failed that were seen. */
    private record Delivery(String guid, long id, String event, String at, boolean failed) {

        Delivery with(boolean anotherFailed) {
            return new Delivery(guid, id, event, at, failed && anotherFailed);
        }
    }

    DeliveryScan(ObjectMapper json, long knownUpTo, Instant now) {
        this.json = json;
        this.knownUpTo = knownUpTo;
        this.now = now;
        this.last = knownUpTo;
    }

    /** Takes a page and gives the address of the next one; null where there is nothing more to be read. */
    @Nullable
    String add(GitHubDocument page) {
        pages++;
        page.body().forEach(this::add);
        return done || pages == MOST_PAGES ? null : page.next();
    }

    private void add(JsonNode item) {
        long id = item.path("id").asLong();
        Instant at = moment(item.path("delivered_at").asText());
        if (id <= knownUpTo || at.isBefore(now.minus(OLDEST))) {
            done = true;
            return;
        }
        String guid = item.path("guid").asText();
        String event = item.path("event").asText();
        if (at.isAfter(now.minus(YOUNGEST)) || guid.isEmpty() || event.equals("ping")) {
            return;
        }
        last = Math.max(last, id);
        int status = item.path("status_code").asInt();
        boolean failed = status < 200 || status >= 300;
        Delivery newer = deliveries.get(guid);
        deliveries.put(guid, newer == null ? new Delivery(guid, id, event, at.toString(), failed) : newer.with(failed));
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException none) {
            return Instant.EPOCH;
        }
    }

    /** How far the list needs not be read the next time. */
    public long getLast() {
        return last;
    }

    /** What was seen, for SQL. */
    public String getRows() {
        ArrayNode rows = json.createArrayNode();
        deliveries.values().forEach(delivery -> rows.add(json.valueToTree(delivery)));
        return rows.toString();
    }
}
