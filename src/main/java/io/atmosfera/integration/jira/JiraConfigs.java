package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.http.ProblemException;
import io.atmosfera.integration.outbound.Connections;
import io.atmosfera.integration.outbound.Connections.Kind;
import io.atmosfera.integration.outbound.Connections.SealedConfig;
import io.atmosfera.integration.outbound.Connections.Stored;
import java.io.IOException;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Takes a configuration apart at the door: what may be shown, and the secrets, which are sealed at once. */
@Component("jiraConfigs")
public class JiraConfigs {

    private static final Kind JIRA =
            new Kind("jira", "Jira", "jiraUrl", "https://your-site.atlassian.net", "apiKey", "email");

    private final ObjectMapper json;
    private final Connections connections;
    private final FieldMappings mappings;
    private final JiraProperties properties;
    private final JdbcTemplate jdbc;
    private final JiraFieldLists fields;

    JiraConfigs(
            ObjectMapper json,
            Connections connections,
            FieldMappings mappings,
            JiraProperties properties,
            JdbcTemplate jdbc,
            JiraFieldLists fields) {
        this.fields = fields;
        this.json = json;
        this.connections = connections;
        this.mappings = mappings;
        this.properties = properties;
        this.jdbc = jdbc;
    }

    /**
     * Validates a configuration and seals its secrets.
     *
     * @throws ProblemException 400, naming the field that would have to be different
     */
    public SealedConfig seal(byte[] body, @Header("projectId") long projectId) throws IOException {
        return seal(json.readTree(body), projectId);
    }

    /**
     * The same for a JSON Merge Patch of the stored configuration.
     *
     * @throws ProblemException 400, naming the field that would have to be different
     */
    public SealedConfig patch(byte[] body, @Header("projectId") long projectId) throws IOException {
        return seal(connections.patched(JIRA, projectId, json.readTree(body)), projectId);
    }

    private SealedConfig seal(JsonNode given, long projectId) {
        mappings.validate(given.get("fieldMappings"));
        requireRestriction(given);
        ObjectNode config = given.deepCopy();
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
                "autoSync",
                "remoteLinks",
                "customFields");
        return connections.seal(JIRA, projectId, given, config);
    }

    /** A connection for a test: the one in the body where there is one, else the stored one. */
    public JiraConnection underTest(byte @Nullable [] body, @Header("projectId") long projectId) throws IOException {
        if (body == null || body.length == 0) {
            Stored stored = connections.require(JIRA, projectId);
            return connection(stored.id(), stored.config());
        }
        JsonNode config = json.readTree(body);
        requireRestriction(config);
        return connection(connections.underTest(JIRA, projectId, config), config);
    }

    private static void requireRestriction(JsonNode config) {
        String jql = config.path("jql").asText("");
        if (!jql.isBlank()) {
            JiraConnection.requireRestriction(jql);
        }
    }

    private static JiraConnection connection(String id, JsonNode config) {
        String deployment = config.path("deployment").asText("auto");
        return JiraConnection.of(id, config, deployment.equals("auto") ? "unknown" : deployment);
    }

    /** A run that stores single issues outside of a sync, or previews them. */
    public SyncRun outsideOfSync(@Header("projectId") long projectId, @Nullable JsonNode fieldMappings) {
        Stored stored = connections.require(JIRA, projectId);
        Known known = known(projectId);
        JiraConnection connection = JiraConnection.of(stored.id(), stored.config(), known.deployment())
                .of(known.jiraProjectId(), known.jiraProjectKey());
        return new SyncRun(
                        0,
                        projectId,
                        known.site(),
                        SyncRun.Mode.MANUAL,
                        connection,
                        fieldMappings == null ? stored.config().path("fieldMappings") : fieldMappings,
                        "",
                        0,
                        false,
                        null,
                        json.createObjectNode())
                .with(fields.of(connection, stored.config()));
    }

    /** What is said or found out of a connection; its deployment may be {@code unknown}. */
    private record Known(
            String deployment,
            @Nullable Integer site,
            @Nullable String jiraProjectId,
            @Nullable String jiraProjectKey) {}

    private Known known(long projectId) {
        return jdbc.queryForObject(
                """
                SELECT coalesce(nullif(c.config_data ->> 'deployment', 'auto'), state.deployment, 'unknown') AS deployment,
                       state.site, state.jira_project_id, state.jira_project_key
                FROM integration_configs c LEFT JOIN jira_sync_state state ON state.project_id = c.project_id
                WHERE c.project_id = ? AND c.integration_type = 'jira'
                """,
                (row, number) -> new Known(
                        row.getString("deployment"),
                        (Integer) row.getObject("site"),
                        row.getString("jira_project_id"),
                        row.getString("jira_project_key")),
                projectId);
    }
}
