package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.credential.CredentialVault;
import io.atmosfera.integration.credential.Sealed;
import io.atmosfera.integration.http.ConflictException;
import io.atmosfera.integration.http.ProblemException;
import io.atmosfera.integration.outbound.ForbiddenAddressException;
import io.atmosfera.integration.outbound.OutboundCredentials;
import io.atmosfera.integration.outbound.OutboundGuard;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Takes a configuration apart at the door: what may be shown, and the secrets, which are sealed at once. */
@Component("jiraConfigs")
public class JiraConfigs {

    private static final List<String> SECRETS = List.of("apiKey", "webhookSecret");

    private final ObjectMapper json;
    private final CredentialVault vault;
    private final OutboundGuard guard;
    private final OutboundCredentials credentials;
    private final FieldMappings mappings;
    private final JiraProperties properties;
    private final JdbcTemplate jdbc;

    JiraConfigs(
            ObjectMapper json,
            CredentialVault vault,
            OutboundGuard guard,
            OutboundCredentials credentials,
            FieldMappings mappings,
            JiraProperties properties,
            JdbcTemplate jdbc) {
        this.json = json;
        this.vault = vault;
        this.guard = guard;
        this.credentials = credentials;
        this.mappings = mappings;
        this.properties = properties;
        this.jdbc = jdbc;
    }

    /**
     * A configuration ready to be stored. Getters in the bean style, for SQL.
     *
     * @param data      what may be shown, as JSON
     * @param apiKey    sealed, or null where the stored one stays
     * @param webhookSecret likewise
     */
    public record SealedConfig(String data, @Nullable Sealed apiKey, @Nullable Sealed webhookSecret) {

        public @Nullable Long apiKeyId() {
            return apiKey == null ? null : apiKey.keyId();
        }

        public byte @Nullable [] apiKeyCiphertext() {
            return apiKey == null ? null : apiKey.ciphertext();
        }

        public @Nullable Long webhookSecretId() {
            return webhookSecret == null ? null : webhookSecret.keyId();
        }

        public byte @Nullable [] webhookSecretCiphertext() {
            return webhookSecret == null ? null : webhookSecret.ciphertext();
        }
    }

    /**
     * Passes where the integration is on.
     *
     * @throws ConflictException where it is switched off
     */
    public boolean requireEnabled() {
        if (!properties.enabled()) {
            throw new ConflictException("The Jira integration is switched off (platform.jira.enabled).");
        }
        return true;
    }

    /**
     * Validates a configuration and seals its secrets.
     *
     * @throws ProblemException 400, naming the field that would have to be different
     */
    public SealedConfig seal(byte[] body, @Header("projectId") long projectId) throws IOException {
        ObjectNode config = (ObjectNode) json.readTree(body);
        checkUrl(config.path("jiraUrl").asText());
        mappings.validate(config.get("fieldMappings"));
        String apiKey = textOrNull(config, "apiKey");
        String webhookSecret = textOrNull(config, "webhookSecret");
        config.remove(SECRETS);
        String url = config.path("jiraUrl").asText().replaceFirst("/+$", "");
        if (apiKey == null) {
            requireStoredKey(projectId, url);
        }
        config.put("jiraUrl", url);
        if (!config.path("deployment").isTextual()) {
            config.put("deployment", "auto");
        }
        if (!config.has("fieldMappings")) {
            config.putObject("fieldMappings");
        }
        if (!config.has("autoSync")) {
            config.put("autoSync", properties.autoSync());
        }
        if (!config.has("syncIntervalMinutes")) {
            config.put("syncIntervalMinutes", properties.defaultSyncInterval());
        }
        config.retain(
                "jiraUrl",
                "email",
                "projectKey",
                "jql",
                "deployment",
                "fieldMappings",
                "syncIntervalMinutes",
                "autoSync");
        return new SealedConfig(
                config.toString(), seal(projectId, "apiKey", apiKey), seal(projectId, "webhookSecret", webhookSecret));
    }

    private @Nullable Sealed seal(long projectId, String name, @Nullable String secret) {
        return secret == null ? null : vault.seal("integration/" + projectId + "/jira/" + name, secret);
    }

    /** Without a new key the stored one stays, but it is never sent to another host than it was given for. */
    private void requireStoredKey(long projectId, String url) {
        StoredConfig stored = stored(projectId);
        if (stored == null || !stored.keySet()) {
            throw ProblemException.invalid("apiKey", "is required: no key is stored for this connection yet");
        }
        if (!sameSite(stored.config().path("jiraUrl").asText(), url)) {
            throw ProblemException.invalid("apiKey", "must be given again when jiraUrl leads to another host");
        }
    }

    /** A connection for a test: the one in the body where there is one, else the stored one. */
    public JiraConnection underTest(byte @Nullable [] body, @Header("projectId") long projectId) throws IOException {
        StoredConfig stored = stored(projectId);
        if (body == null || body.length == 0) {
            if (stored == null) {
                throw new io.atmosfera.integration.http.NotFoundException(
                        "Project " + projectId + " has no Jira connection yet.");
            }
            return connection(stored.id(), stored.config());
        }
        JsonNode config = json.readTree(body);
        String url = config.path("jiraUrl").asText().replaceFirst("/+$", "");
        checkUrl(url);
        String apiKey = textOrNull(config, "apiKey");
        if (apiKey == null) {
            requireStoredKey(projectId, url);
            return connection(stored == null ? "" : stored.id(), config);
        }
        return connection(credentials.forTest(textOrNull(config, "email"), apiKey), config);
    }

    private static JiraConnection connection(String id, JsonNode config) {
        String deployment = config.path("deployment").asText("auto");
        return JiraConnection.of(id, config, deployment.equals("auto") ? "unknown" : deployment);
    }

    /** A run that stores single issues outside of a sync, or previews them. */
    public SyncRun outsideOfSync(@Header("projectId") long projectId, @Nullable JsonNode fieldMappings) {
        StoredConfig stored = stored(projectId);
        if (stored == null) {
            throw new io.atmosfera.integration.http.NotFoundException(
                    "Project " + projectId + " has no Jira connection yet.");
        }
        return new SyncRun(
                0,
                projectId,
                SyncRun.Mode.MANUAL,
                JiraConnection.of(stored.id(), stored.config(), stored.deployment()),
                fieldMappings == null ? stored.config().path("fieldMappings") : fieldMappings,
                "",
                0,
                false,
                null,
                json.createObjectNode());
    }

    /** A configuration with what is known beside it; the deployment may be unknown. */
    private record StoredConfig(String id, JsonNode config, boolean keySet, String deployment) {}

    private @Nullable StoredConfig stored(long projectId) {
        List<Map<String, Object>> rows = jdbc.queryForList(
                """
                SELECT c.id::text AS id, c.config_data::text AS config, EXISTS (
                           SELECT FROM integration_secrets s WHERE s.config_id = c.id AND s.name = 'apiKey') AS key_set,
                       coalesce(nullif(c.config_data ->> 'deployment', 'auto'), state.deployment, 'unknown') AS deployment
                FROM integration_configs c LEFT JOIN jira_sync_state state ON state.project_id = c.project_id
                WHERE c.project_id = ? AND c.integration_type = 'jira' AND c.is_active
                """,
                projectId);
        try {
            return rows.isEmpty()
                    ? null
                    : new StoredConfig(
                            String.valueOf(rows.get(0).get("id")),
                            json.readTree(String.valueOf(rows.get(0).get("config"))),
                            Boolean.TRUE.equals(rows.get(0).get("key_set")),
                            String.valueOf(rows.get(0).get("deployment")));
        } catch (IOException e) {
            throw new IllegalStateException("jsonb is always JSON", e);
        }
    }

    private void checkUrl(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
                throw ProblemException.invalid(
                        "jiraUrl",
                        "must be an address like https://your-site.atlassian.net, without query and fragment");
            }
            guard.check(uri);
        } catch (URISyntaxException wrong) {
            throw ProblemException.invalid(
                    "jiraUrl", "is not an address; it should look like https://your-site.atlassian.net");
        } catch (ForbiddenAddressException forbidden) {
            throw ProblemException.invalid("jiraUrl", String.valueOf(forbidden.getMessage()));
        }
    }

    private static boolean sameSite(String one, String other) {
        URI a = URI.create(one);
        URI b = URI.create(other);
        return String.valueOf(a.getHost()).equalsIgnoreCase(b.getHost())
                && a.getPort() == b.getPort()
                && String.valueOf(a.getScheme()).equalsIgnoreCase(b.getScheme());
    }

    private static @Nullable String textOrNull(JsonNode config, String name) {
        JsonNode value = config.path(name);
        return value.isTextual() && !value.asText().isBlank() ? value.asText() : null;
    }
}
