package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.database.PackedPayload;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Reads the kept payloads of a project, batch by batch in the order of its tickets. */
@Component("keptPayloads")
public class KeptPayloads {

    private static final String SELECT =
            """
            SELECT t.id, p.length, p.payload
            FROM jira_tickets t JOIN jira_ticket_payloads p ON p.ticket_id = t.id
            WHERE t.project_id = ? AND t.site = ? AND t.id > ? AND t.sync_status <> 'deleted'
            ORDER BY t.id
            LIMIT ?
            """;

    private final JdbcTemplate jdbc;
    private final ObjectMapper json;
    private final int batchSize;
    private final Clock clock;

    KeptPayloads(JdbcTemplate jdbc, ObjectMapper json, JiraProperties properties, Clock clock) {
        this.clock = clock;
        this.jdbc = jdbc;
        this.json = json;
        this.batchSize = properties.batchSize();
    }

    /** A batch as a page, with the last ticket it holds. */
    public record Batch(IssuePage page, long lastTicket, boolean last) {}

    private record Payload(long ticket, byte[] bytes) {}

    /** The batch behind a ticket; empty at the end. */
    public Batch after(SyncRun run, long ticketId) {
        long read = clock.millis();
        List<Payload> payloads = jdbc.query(
                SELECT,
                (row, number) -> new Payload(
                        row.getLong("id"), PackedPayload.unpack(row.getBytes("payload"), row.getInt("length"))),
                run.getProjectId(),
                run.getSite(),
                ticketId,
                batchSize);
        IssuePage page = IssuePage.of(payloads.stream().map(Payload::bytes).toList(), read, json);
        long last = payloads.isEmpty()
                ? ticketId
                : payloads.get(payloads.size() - 1).ticket();
        return new Batch(page, last, payloads.size() < batchSize);
    }

    /** The ticket behind which a replay goes on. */
    public long position(JsonNode checkpoint) {
        return checkpoint.path("startAt").asLong();
    }

    /** Where a replay would go on behind a batch: a position like a search's, so that one checkpoint serves both. */
    public @Nullable SearchRequest next(SyncRun run, Batch batch) {
        return batch.last()
                ? null
                : new SearchRequest(
                        run.getSyncId(),
                        run.getConnection(),
                        "replay",
                        batchSize,
                        false,
                        null,
                        batch.lastTicket(),
                        null);
    }

    /** The payload of one ticket, an empty object where none is kept. */
    public JsonNode document(long ticketId) throws IOException {
        byte[] payload = of(ticketId);
        return payload == null ? json.createObjectNode() : json.readTree(payload);
    }

    private byte @Nullable [] of(long ticketId) {
        return jdbc
                .query(
                        "SELECT length, payload FROM jira_ticket_payloads WHERE ticket_id = ?",
                        (row, number) -> PackedPayload.unpack(row.getBytes("payload"), row.getInt("length")),
                        ticketId)
                .stream()
                .findFirst()
                .orElse(null);
    }
}
