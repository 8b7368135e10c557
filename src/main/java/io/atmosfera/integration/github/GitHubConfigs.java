package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.http.ProblemException;
import io.atmosfera.integration.outbound.Connections;
import io.atmosfera.integration.outbound.Connections.Kind;
import io.atmosfera.integration.outbound.Connections.SealedConfig;
import io.atmosfera.integration.outbound.Connections.Stored;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes a configuration apart at the door: what may be shown, and the secrets, which are sealed at once. */
@Component("githubConfigs")
public class GitHubConfigs {

    private static final String PUBLIC_API = "https://api.github.com";

    private static final Kind GITHUB = new Kind("github", "GitHub", "apiUrl", PUBLIC_API, "accessToken", null);

    private static final String REPOSITORIES = "repositories";

    private final ObjectMapper json;
    private final Connections connections;
    private final GitHubProperties properties;

    GitHubConfigs(ObjectMapper json, Connections connections, GitHubProperties properties) {
        this.json = json;
        this.connections = connections;
        this.properties = properties;
    }

    public long getProbeSeconds() {
        return Math.max(1, properties.probeInterval().toSeconds());
    }

    /**
     * Validates a configuration and seals its secrets. The repository's id is left out, to be learned anew: who enters a
     * name again may mean another repository that has this name now.
     *
     * @throws ProblemException 400, naming the field that would have to be different
     */
    public SealedConfig seal(byte[] body, @Header("projectId") long projectId) throws IOException {
        ObjectNode config = complete(body);
        ObjectNode shown = config.deepCopy();
        shown.retain("repository", REPOSITORIES, "apiUrl", "webhookUrl", "analysisDepth", "commitAnalysisLimit");
        return connections.seal(GITHUB, projectId, config, shown);
    }

    /** A connection for a test: the one in the body where there is one, else the stored one. */
    public GitHubConnection underTest(byte @Nullable [] body, @Header("projectId") long projectId) throws IOException {
        if (body == null || body.length == 0) {
            Stored stored = connections.require(GITHUB, projectId);
            return GitHubConnection.of(stored.id(), stored.config());
        }
        ObjectNode config = complete(body);
        config.remove("repositoryId");
        config.put("apiUrl", config.path("apiUrl").asText().replaceFirst("/+$", ""));
        return GitHubConnection.of(connections.underTest(GITHUB, projectId, config), config);
    }

    /** The connection of a row that names its id and configuration. */
    public GitHubConnection connection(Map<String, Object> row) throws IOException {
        return GitHubConnection.of(String.valueOf(row.get("id")), json.readTree(String.valueOf(row.get("config"))));
    }

    /** The connection of a configuration by its id. */
    public GitHubConnection of(Object id, String config) throws IOException {
        return GitHubConnection.of(String.valueOf(id), json.readTree(config));
    }

    private ObjectNode complete(byte[] body) throws IOException {
        ObjectNode config = (ObjectNode) json.readTree(body);
        if (!config.path("apiUrl").isTextual()) {
            config.put("apiUrl", PUBLIC_API);
        }
        checkWebhookUrl(config.path("webhookUrl"));
        checkRepositories(config);
        return config;
    }

    /** Names differ by more than the size of their letters. */
    private static void checkRepositories(JsonNode config) {
        Set<String> names = new HashSet<>();
        names.add(config.path("repository").asText().toLowerCase(Locale.ROOT));
        for (JsonNode further : config.path(REPOSITORIES)) {
            if (!names.add(further.asText().toLowerCase(Locale.ROOT))) {
                throw ProblemException.invalid(
                        REPOSITORIES,
                        "must name each repository once, beside the one in repository; " + further.asText()
                                + " is there twice");
            }
        }
    }

    /** GitHub calls it, not the platform; it only has to be an address. */
    private static void checkWebhookUrl(JsonNode url) {
        if (url.isTextual()) {
            try {
                URI address = URI.create(url.asText());
                if (address.getHost() != null
                        && String.valueOf(address.getScheme()).matches("(?i)https?")) {
                    return;
                }
            } catch (IllegalArgumentException wrong) {
                // The same answer as for every other text that is no address.
            }
            throw ProblemException.invalid(
                    "webhookUrl", "must be an address like https://integration.example.com/api/webhooks/github");
        }
    }
}
