package io.atmosfera.integration.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.connection.Sources;
import io.atmosfera.integration.credential.CredentialVault;
import io.atmosfera.integration.database.DatabaseNotifications;
import io.atmosfera.integration.inbox.Reach;
import io.atmosfera.integration.inbox.Webhooks;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The connections that may send webhooks, with their secrets opened: asking the database and the vault for each delivery
 * would cost more than all the rest. Forgotten when a configuration changes anywhere, and looked up again, now and then,
 * before a signature is called wrong.
 */
@Component("webhookSenders")
public class Senders {

    private static final String SELECT =
            """
            SELECT c.project_id, c.integration_type, c.config_data::text AS config, s.id, s.key_id, s.ciphertext, s.valid_until
            FROM integration_configs c
            LEFT JOIN integration_secrets s ON s.config_id = c.id AND s.name = 'webhookSecret'
                 AND (s.valid_until IS NULL OR s.valid_until > now())
            WHERE c.is_active AND c.integration_type = ?
            ORDER BY c.id, s.valid_until NULLS FIRST, s.id DESC
            """;

    /** How old what is remembered must be to be doubted. */
    private static final long DOUBT_NANOS = Duration.ofMillis(50).toNanos();

    private final JdbcTemplate jdbc;
    private final CredentialVault vault;
    private final ObjectMapper json;
    private final Sources sources;
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();
    private final AtomicLong changes = new AtomicLong();

    private record Known(List<Sender> senders, long change, long nanos) {}

    Senders(
            JdbcTemplate jdbc,
            CredentialVault vault,
            ObjectMapper json,
            Sources sources,
            DatabaseNotifications notifications) {
        this.sources = sources;
        this.jdbc = jdbc;
        this.vault = vault;
        this.json = json;
        notifications.subscribe("platform_secrets", change -> forget(), this::forget);
    }

    /** Has all looked up again, with the next delivery. */
    public void forget() {
        changes.incrementAndGet();
    }

    /** All senders of a type. */
    List<Sender> of(String integrationType) {
        Known now = known.get();
        if (now == null || now.change() != changes.get()) {
            now = load();
        }
        return now.senders().stream()
                .filter(sender -> sender.integrationType().equals(integrationType))
                .toList();
    }

    /** All whose secrets may have signed a delivery, to one project where it is given: those who share its hooks as well. */
    List<Sender> of(String integrationType, @Nullable Long projectId) {
        List<Sender> all = of(integrationType);
        return projectId == null
                ? all
                : all.stream()
                        .filter(sender ->
                                all.stream().anyMatch(own -> own.projectId() == projectId && own.hasHooksWith(sender)))
                        .toList();
    }

    /** Whose deliveries a sender signs: its own, and those of whoever shares its hooks. */
    List<Sender> sharing(Sender sender, @Nullable Long projectId) {
        return of(sender.integrationType()).stream()
                .filter(other -> (projectId == null || projectId == other.projectId()) && other.hasHooksWith(sender))
                .toList();
    }

    /** Looks again, unless that was done just now; false where it was. */
    boolean doubt() {
        Known now = known.get();
        if (now != null && System.nanoTime() - now.nanos() < DOUBT_NANOS && now.change() == changes.get()) {
            return false;
        }
        load();
        return true;
    }

    boolean projectExists(long projectId) {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("SELECT EXISTS (SELECT FROM projects WHERE id = ?)", Boolean.class, projectId));
    }

    private synchronized Known load() {
        long change = changes.get();
        List<Sender> senders = new ArrayList<>();
        sources.withWebhooks().forEach(source -> senders.addAll(load(source)));
        Known loaded = new Known(List.copyOf(senders), change, System.nanoTime());
        known.set(loaded);
        return loaded;
    }

    private List<Sender> load(String source) {
        Map<Long, JsonNode> configurations = new LinkedHashMap<>();
        Map<Long, List<LiveSecret>> secrets = new HashMap<>();
        jdbc.query(
                SELECT,
                row -> {
                    long project = row.getLong("project_id");
                    configurations.put(project, tree(row.getString("config")));
                    List<LiveSecret> own = secrets.computeIfAbsent(project, any -> new ArrayList<>());
                    byte[] ciphertext = row.getBytes("ciphertext");
                    if (ciphertext != null) {
                        own.add(secret(row, project, source, ciphertext));
                    }
                },
                source);
        Webhooks webhooks = sources.webhooks(source);
        Map<Long, Reach> reaches = webhooks.reaches(configurations);
        return configurations.keySet().stream()
                .map(project -> new Sender(
                        project,
                        source,
                        Objects.requireNonNull(reaches.get(project), "Each connection reaches something"),
                        webhooks,
                        secrets.getOrDefault(project, List.of())))
                .toList();
    }

    private LiveSecret secret(ResultSet row, long project, String source, byte[] ciphertext) throws SQLException {
        String context = CredentialVault.context(project, source, "webhookSecret");
        String secret = vault.open(context, row.getLong("key_id"), ciphertext);
        Timestamp until = row.getTimestamp("valid_until");
        return new LiveSecret(
                row.getLong("id"),
                WebhookSignature.key(secret.getBytes(StandardCharsets.UTF_8)),
                until == null ? null : until.toInstant());
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("jsonb is always JSON", e);
        }
    }
}
