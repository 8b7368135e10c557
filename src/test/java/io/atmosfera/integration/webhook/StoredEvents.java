package io.atmosfera.integration.webhook;

import io.atmosfera.integration.PlatformTest;
import io.atmosfera.integration.database.PackedPayload;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** A platform that applies no event by itself, and deliveries in any state, put straight into its tables. */
@StoredOnly
abstract class StoredEvents extends PlatformTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final long FIRST_OF_TODAY = 2_000_000;

    /** Ids grow with time: leaves room for those of former days. */
    @BeforeEach
    void beginIdsLate() {
        jdbc.sql("SELECT setval('webhook_event_ids', greatest(?, last_value)) FROM webhook_event_ids")
                .param(FIRST_OF_TODAY)
                .query(Long.class)
                .single();
    }

    long project() {
        String key = "W" + COUNT.incrementAndGet();
        return post("/api/projects", ADMIN, "{\"name\": \"Hooks " + key + "\", \"key\": \"" + key + "\"}")
                .json()
                .path("id")
                .asLong();
    }

    /** A delivery to be refined and stored. */
    Row event(@Nullable Long project) {
        return new Row(project);
    }

    /** A delivery; what is not said is that of an ordinary Jira event that was processed. */
    class Row {

        private final @Nullable Long project;
        private String integration = "jira";
        private String type = "jira:issue_updated";
        private String status = "processed";
        private String entity = "issue/" + COUNT.incrementAndGet();
        private @Nullable String error;
        private byte[] body = "{\"webhookEvent\": \"jira:issue_updated\"}".getBytes(StandardCharsets.UTF_8);
        private boolean form;
        private Duration age = Duration.ZERO;

        Row(@Nullable Long project) {
            this.project = project;
        }

        Row github(String eventType) {
            integration = "github";
            type = eventType;
            return this;
        }

        Row status(String is) {
            status = is;
            return this;
        }

        Row entity(String is) {
            entity = is;
            return this;
        }

        Row error(String is) {
            error = is;
            return this;
        }

        Row body(byte[] bytes) {
            body = bytes;
            return this;
        }

        Row body(String text) {
            return body(text.getBytes(StandardCharsets.UTF_8));
        }

        Row form() {
            form = true;
            return this;
        }

        Row age(Duration is) {
            age = is;
            return this;
        }

        /** Stores it with its delivery and its counters and gives its id. */
        long store() {
            boolean open = status.equals("pending") || status.equals("failed");
            long id = Objects.requireNonNull(jdbc.sql(
                            """
                            INSERT INTO webhook_events (id, integration_type, project_id, event_type, delivery_id, entity, payload,
                                payload_length, is_form, trace_id, status, attempts, error_message, created_at, processed_at)
                            VALUES (coalesce(:id, nextval('webhook_event_ids')), :integration, :project, :type, :delivery, :entity, :payload, :length, :form, 'trace-' || :delivery,
                                    :status, :attempts, :error, :at, CASE WHEN :open THEN NULL ELSE CAST(:at AS timestamptz) END)
                            RETURNING id
                            """)
                    .param(
                            "id",
                            age.toDays() == 0 ? null : FIRST_OF_TODAY - age.toDays() * 10_000 + COUNT.incrementAndGet())
                    .param("integration", integration)
                    .param("project", project)
                    .param("type", type)
                    .param("delivery", UUID.randomUUID().toString())
                    .param("entity", entity)
                    .param("payload", PackedPayload.pack(body, 0, body.length))
                    .param("length", body.length)
                    .param("form", form)
                    .param("status", status)
                    .param("attempts", status.equals("dead") ? 5 : status.equals("failed") ? 1 : 0)
                    .param("error", error)
                    .param("at", Timestamp.from(Instant.now().minus(age)))
                    .param("open", open)
                    .query(Long.class)
                    .single());
            jdbc.sql(
                            """
                            INSERT INTO webhook_deliveries (event_id, integration_type, project_id, delivery_id, signature)
                            SELECT id, integration_type, coalesce(project_id, 0), delivery_id, decode(md5(delivery_id), 'hex')
                            FROM webhook_events WHERE id = ?
                            """)
                    .param(id)
                    .update();
            jdbc.sql("SELECT webhook_count(?, 0, 1, 0, ?, ?, ?, ?, ?, NULL)")
                    .params(
                            integration,
                            status.equals("processed") ? 1L : 0L,
                            status.equals("ignored") ? 1L : 0L,
                            status.equals("dead") ? 1L : 0L,
                            open ? 1L : 0L,
                            status.equals("failed") ? 1L : 0L)
                    .query()
                    .listOfRows();
            return id;
        }
    }

    /** Lets somebody work on an entity. */
    void lease(long project, String entity, Duration left) {
        jdbc.sql(
                        """
                        INSERT INTO webhook_queue (project_id, entity, integration_type, lane, due_at, oldest_at, owner, lease_until)
                        VALUES (?, ?, 'jira', 'fetch', 'infinity', now(), 'somebody', now() + make_interval(secs => ?))
                        """)
                .params(project, entity, (double) left.toSeconds())
                .update();
    }

    String status(long event) {
        return jdbc.sql("SELECT status FROM webhook_events WHERE id = ?")
                .param(event)
                .query(String.class)
                .single();
    }

    long count(String sql, Object... parameters) {
        return jdbc.sql(sql).params(parameters).query(Long.class).single();
    }
}
