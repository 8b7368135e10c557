package io.atmosfera.integration.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.credential.CredentialVault;
import io.atmosfera.integration.database.DatabaseNotifications;
import io.atmosfera.integration.database.SqlFile;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
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
            SELECT c.project_id, c.integration_type, c.config_data::text AS config, j.base_url, j.jira_project_id, j.jira_project_key, s.id, s.key_id,
                   s.ciphertext, s.valid_until
            FROM integration_configs c
            LEFT JOIN jira_sync_state j ON j.project_id = c.project_id AND c.integration_type = 'jira'
            LEFT JOIN integration_secrets s ON s.config_id = c.id AND s.name = 'webhookSecret'
                 AND (s.valid_until IS NULL OR s.valid_until > now())
            WHERE c.is_active AND c.integration_type IN ('jira', 'github')
            ORDER BY c.id, s.valid_until NULLS FIRST, s.id DESC
            """;

    private static final String REFUSED = SqlFile.read("github/hook-refused");

    private static final Pattern HOOK = Pattern.compile("\\d{1,18}");

    /** How old what is remembered must be to be doubted. */
    private static final long DOUBT_NANOS = Duration.ofMillis(50).toNanos();

    private final JdbcTemplate jdbc;
    private final CredentialVault vault;
    private final ObjectMapper json;
    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();
    private final AtomicLong changes = new AtomicLong();

    private record Known(List<Sender> senders, long change, long nanos) {}

    Senders(JdbcTemplate jdbc, CredentialVault vault, ObjectMapper json, DatabaseNotifications notifications) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.json = json;
        notifications.subscribe("platform_secrets", change -> forget(), this::forget);
    }

    /** Has all looked up again, with the next delivery. */
    public long forget() {
        return changes.incrementAndGet();
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

    /**
     * Has the secret of a hook set again at GitHub, which seems to have been changed there. Anybody can name a hook, so it is
     * done every ten minutes at most.
     *
     * @param hookId as GitHub numbers it; anything else is passed over
     */
    void doubtHook(@Nullable String hookId) {
        if (hookId != null && HOOK.matcher(hookId).matches()) {
            jdbc.update(REFUSED, Long.valueOf(hookId));
        }
    }

    boolean projectExists(long projectId) {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("SELECT EXISTS (SELECT FROM projects WHERE id = ?)", Boolean.class, projectId));
    }

    private synchronized Known load() {
        long change = changes.get();
        Map<String, Sender> senders = new LinkedHashMap<>();
        jdbc.query(SELECT, row -> {
            Sender one = sender(row);
            senders.merge(one.projectId() + one.integrationType(), one, (a, b) -> {
                a.secrets().addAll(b.secrets());
                return a;
            });
        });
        Known loaded = new Known(List.copyOf(senders.values()), change, System.nanoTime());
        known.set(loaded);
        return loaded;
    }

    private Sender sender(ResultSet row) throws SQLException {
        long project = row.getLong("project_id");
        String type = row.getString("integration_type");
        JsonNode config = tree(row.getString("config"));
        List<LiveSecret> secrets = new ArrayList<>();
        byte[] ciphertext = row.getBytes("ciphertext");
        if (ciphertext != null) {
            String context = CredentialVault.context(project, type, "webhookSecret");
            String secret = vault.open(context, row.getLong("key_id"), ciphertext);
            Timestamp until = row.getTimestamp("valid_until");
            secrets.add(new LiveSecret(
                    row.getLong("id"),
                    WebhookSignature.key(secret.getBytes(StandardCharsets.UTF_8)),
                    until == null ? null : until.toInstant()));
        }
        boolean jira = type.equals("jira");
        return new Sender(
                project,
                type,
                sites(config.path(jira ? "jiraUrl" : "apiUrl").asText(), row.getString("base_url")),
                scopes(config, jira ? "projectKey" : "repository", row.getString("jira_project_key")),
                jira && !config.path("jql").asText("").isBlank(),
                ids(config, row.getString("jira_project_id")),
                jira ? null : address(config.path("webhookUrl")),
                secrets);
    }

    private static @Nullable String address(JsonNode url) {
        return url.isTextual() ? url.textValue().replaceFirst("/+$", "") : null;
    }

    private static List<String> scopes(JsonNode config, String first, @Nullable String learned) {
        List<String> scopes = new ArrayList<>(List.of(config.path(first).asText()));
        if (learned != null) {
            scopes.add(learned);
        }
        config.path("repositories").forEach(further -> scopes.add(further.asText()));
        return scopes;
    }

    private static List<String> ids(JsonNode config, @Nullable String learned) {
        List<String> ids = new ArrayList<>();
        if (learned != null) {
            ids.add(learned);
        }
        if (config.hasNonNull("repositoryId")) {
            ids.add(config.path("repositoryId").asText());
        }
        config.path("repositoryIds").forEach(id -> ids.add(id.asText()));
        return ids;
    }

    private static List<String> sites(String configured, @Nullable String own) {
        return own == null || own.equals(configured) ? List.of(configured) : List.of(configured, own);
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("jsonb is always JSON", e);
        }
    }
}
