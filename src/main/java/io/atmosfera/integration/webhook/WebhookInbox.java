package io.atmosfera.integration.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.database.PackedPayload;
import io.atmosfera.integration.http.NotFoundException;
import io.atmosfera.integration.inbox.Envelope.Lane;
import io.atmosfera.integration.inbox.InboxEvent;
import io.atmosfera.integration.inbox.Outcome;
import io.atmosfera.integration.webhook.InboxBatch.Entity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What the routes of the inbox need beside SQL: reading a claim, and saying how each entity goes on. */
@Component("webhookInbox")
public class WebhookInbox {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookInbox.class);
    private static final int NANOS = 9;
    private static final int WORKER_SLOTS = 500;

    private final WebhookProperties properties;
    private final InboxBell bell;
    private final Instance instance;
    private final ObjectMapper json;

    WebhookInbox(WebhookProperties properties, InboxBell bell, Instance instance, ObjectMapper json) {
        this.properties = properties;
        this.bell = bell;
        this.instance = instance;
        this.json = json;
    }

    public double getLeaseSeconds() {
        return Math.max(1, properties.leaseDuration().toMillis() / 1000.0);
    }

    public long getBatchBytes() {
        return properties.batchBytes().toBytes();
    }

    /** The batch in the rows of {@code sql/webhook/inbox-events.sql}. */
    public InboxBatch read(List<Map<String, Object>> rows, String owner, String lane) {
        Map<Entity, List<InboxEvent>> entities = new LinkedHashMap<>();
        Set<Entity> cut = new HashSet<>();
        for (Map<String, Object> row : rows) {
            Entity entity = new Entity(number(row, "project_id"), text(row, "entity"));
            List<InboxEvent> events = entities.computeIfAbsent(entity, any -> new ArrayList<>());
            if (row.get("payload") != null) {
                events.add(event(row, entity));
            } else if (row.get("id") != null) {
                cut.add(entity);
            }
        }
        return new InboxBatch(owner, lane, entities, cut);
    }

    private static InboxEvent event(Map<String, Object> row, Entity entity) {
        byte[] packed = (byte[]) require(row, "payload");
        byte[] body = PackedPayload.unpack(packed, (int) number(row, "payload_length"));
        BigDecimal created = new BigDecimal(text(row, "created_at"));
        return new InboxEvent(
                number(row, "id"),
                Instant.ofEpochSecond(
                        created.longValue(),
                        created.remainder(BigDecimal.ONE).movePointRight(NANOS).longValue()),
                entity.projectId(),
                text(row, "integration_type"),
                text(row, "event_type"),
                (String) row.get("action"),
                entity.name(),
                text(row, "trace_id"),
                text(row, "status"),
                (int) number(row, "attempts"),
                Boolean.TRUE.equals(row.get("is_form")) ? WebhookBody.bytesOfForm(body) : body);
    }

    /** Notes that a group could not be applied: its connection is gone, or for a reason that only the log shows. */
    public int failed(InboxBatch batch, List<InboxEvent> group, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotFoundException gone) {
                String reason = String.valueOf(gone.getMessage());
                group.forEach(event -> batch.getOutcomes().note(event, Outcome.ignored(reason)));
                return group.size();
            }
        }
        String reference = UUID.randomUUID().toString();
        LOG.error(
                "Events could not be applied, reference {}, trace {}",
                reference,
                group.get(0).traceId(),
                failure);
        String reason = "Something unexpected happened. The log has it under the reference " + reference + ".";
        group.forEach(event -> batch.getOutcomes().note(event, Outcome.failed(reason)));
        return group.size();
    }

    /** The parameters of {@code sql/webhook/inbox-finish.sql}. */
    public Map<String, Object> finish(InboxBatch batch) {
        FinishParameters parameters = new FinishParameters(batch, properties, Instant.now());
        batch.entities().forEach(parameters::add);
        for (InboxEvent dead : parameters.dead()) {
            batch.getOutcomes()
                    .publish(
                            dead,
                            message(dead, "alert")
                                    .put("severity", "error")
                                    .put(
                                            "message",
                                            "Event " + dead.id() + " (" + dead.eventType() + ") is a dead letter after "
                                                    + (dead.attempts() + 1) + " attempts.")
                                    .toString());
        }
        return parameters.map(instance.slot(
                WORKER_SLOTS + Math.floorMod(Thread.currentThread().getId(), WORKER_SLOTS)));
    }

    private ObjectNode message(InboxEvent event, String type) {
        return json.createObjectNode()
                .put("type", type)
                .put("projectId", event.projectId())
                .put("at", Instant.now().toString())
                .put("eventId", event.id())
                .put("traceId", event.traceId());
    }

    /** Logs what became of the events, has the bell rung when the next of these entities is due, and says whether there may be more to do at once. */
    public boolean finished(InboxBatch batch, Map<String, Object> row) {
        bell.at(Lane.APPLY, due(row.get("next_apply")));
        bell.at(Lane.FETCH, due(row.get("next_fetch")));
        bell.done(Lane.named(batch.lane()), batch.age());
        EventLog.write(batch, properties.retryPolicy().maxAttempts());
        return batch.entities().size() >= properties.batchSize() || batch.isCut();
    }

    private static @Nullable Instant due(@Nullable Object epochSeconds) {
        return epochSeconds instanceof Number number
                ? Instant.ofEpochMilli((long) (number.doubleValue() * 1000) + 5)
                : null;
    }

    private static long number(Map<String, Object> row, String column) {
        return ((Number) require(row, column)).longValue();
    }

    private static String text(Map<String, Object> row, String column) {
        return require(row, column).toString();
    }

    private static Object require(Map<String, Object> row, String column) {
        Object value = row.get(column);
        if (value == null) {
            throw new IllegalStateException(String.format(Locale.ROOT, "The claim gave no %s", column));
        }
        return value;
    }
}
