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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes a configuration apart at the door: what may be shown, and the secrets, which are sealed at once. */
@Component("githubConfigs")
public class GitHubConfigs {

    private static final String PUBLIC_API = "https://api.github.com";
    private static final String ACCESS_TOKEN = "accessToken";
    private static final String PRIVATE_KEY = GitHubAppTokens.PRIVATE_KEY;
    private static final String APP_ID = "appId";
    private static final String INSTALLATION_ID = "installationId";
    private static final String WEBHOOK_URL = "webhookUrl";
    private static final Pattern APP = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private static final Kind BY_TOKEN = kind(ACCESS_TOKEN);
    private static final Kind BY_APP = kind(PRIVATE_KEY);

    private static final String REPOSITORY = "repository";
    private static final String REPOSITORIES = "repositories";
    private static final String API_URL = "apiUrl";
    private static final List<String> NAMES_REPOSITORIES = List.of(API_URL, REPOSITORY, REPOSITORIES);

    private static final List<String> SHOWN = List.of(
            REPOSITORY,
            REPOSITORIES,
            API_URL,
            APP_ID,
            INSTALLATION_ID,
            WEBHOOK_URL,
            "analysisDepth",
            "commitAnalysisLimit");

    /** Those, and the ids behind the names. */
    private static final List<String> SHOWN_AND_LEARNED = Stream.concat(
                    SHOWN.stream(), Stream.of("repositoryId", "repositoryIds", "repositoriesMovedAt"))
            .toList();

    private final ObjectMapper json;
    private final Connections connections;
    private final GitHubProperties properties;
    private final GitHubHookSecrets hookSecrets;

    GitHubConfigs(
            ObjectMapper json, Connections connections, GitHubProperties properties, GitHubHookSecrets hookSecrets) {
        this.json = json;
        this.connections = connections;
        this.properties = properties;
        this.hookSecrets = hookSecrets;
    }

    public long getProbeSeconds() {
        return Math.max(1, properties.probeInterval().toSeconds());
    }

    /**
     * Validates a configuration and seals its secrets. The repository's id is left out, so that it is looked up again: who
     * enters a name again may mean another repository that has this name now.
     *
     * @throws ProblemException 400, naming the field that would have to be different
     */
    public SealedConfig seal(byte[] body, @Header("projectId") long projectId) throws IOException {
        ObjectNode config = complete(json.readTree(body));
        return seal(config, projectId, SHOWN);
    }

    /**
     * The same for a JSON Merge Patch of the stored configuration. Where it names no other repository, what is known of
     * the present ones stays.
     *
     * @throws ProblemException 400, naming the field that would have to be different
     */
    public SealedConfig patch(byte[] body, @Header("projectId") long projectId) throws IOException {
        JsonNode patch = json.readTree(body);
        ObjectNode config = complete(connections.patched(BY_TOKEN, projectId, patch));
        String credential = kind(config).credential();
        if (patch.path(credential).isNull()) {
            throw ProblemException.invalid(credential, "must not be removed without another credential in its place");
        }
        boolean sameRepositories = NAMES_REPOSITORIES.stream().noneMatch(patch::has);
        return seal(config, projectId, sameRepositories ? SHOWN_AND_LEARNED : SHOWN);
    }

    private SealedConfig seal(ObjectNode config, long projectId, List<String> kept) {
        ObjectNode shown = config.deepCopy();
        shown.retain(kept);
        String shared = hookSecrets.agree(projectId, config, shown);
        return connections.seal(kind(config), projectId, config, shown).sharing(shared);
    }

    /** A connection for a test: the one in the body where there is one, else the stored one. */
    public GitHubConnection underTest(byte @Nullable [] body, @Header("projectId") long projectId) throws IOException {
        if (body == null || body.length == 0) {
            Stored stored = connections.require(BY_TOKEN, projectId);
            return GitHubConnection.of(stored.id(), stored.config());
        }
        ObjectNode config = complete(json.readTree(body));
        config.remove("repositoryId");
        config.put(API_URL, config.path(API_URL).asText().replaceFirst("/+$", ""));
        return GitHubConnection.of(connections.underTest(kind(config), projectId, config), config);
    }

    /** The connection of a row that names its id and configuration; to the row's repository, where it names one. */
    public GitHubConnection connection(Map<String, Object> row) throws IOException {
        GitHubConnection connection =
                GitHubConnection.of(String.valueOf(row.get("id")), json.readTree(String.valueOf(row.get("config"))));
        return row.get("repository") instanceof String repository
                ? connection.toRepository(repository, null)
                : connection;
    }

    private ObjectNode complete(JsonNode given) {
        ObjectNode config = (ObjectNode) given;
        if (!config.path(API_URL).isTextual()) {
            config.put(API_URL, PUBLIC_API);
        }
        checkWebhookUrl(config.path(WEBHOOK_URL));
        checkRepositories(config);
        completeApp(config);
        return config;
    }

    private static Kind kind(String credential) {
        return new Kind("github", "GitHub", API_URL, PUBLIC_API, credential, null);
    }

    private static Kind kind(JsonNode config) {
        return config.has(APP_ID) ? BY_APP : BY_TOKEN;
    }

    /** A connection is that of a person's token or of a GitHub App, never both. */
    private static void completeApp(ObjectNode config) {
        boolean app = config.has(APP_ID) || config.has(INSTALLATION_ID) || config.has(PRIVATE_KEY);
        if (!app) {
            return;
        }
        if (config.has(ACCESS_TOKEN)) {
            throw ProblemException.invalid(
                    ACCESS_TOKEN, "must be left out with a GitHub App: give either it, or appId and privateKey");
        }
        JsonNode id = config.path(APP_ID);
        if (!(id.isIntegralNumber() || id.isTextual())
                || !APP.matcher(id.asText()).matches()) {
            throw ProblemException.invalid(APP_ID, "must be the GitHub App's id (a number) or its client id");
        }
        config.put(APP_ID, id.asText());
        if (config.has(PRIVATE_KEY)) {
            String pem = GitHubAppKey.lines(config.path(PRIVATE_KEY).asText());
            try {
                GitHubAppKey.parse(pem);
            } catch (IllegalArgumentException wrong) {
                throw ProblemException.invalid(PRIVATE_KEY, String.valueOf(wrong.getMessage()));
            }
            config.put(PRIVATE_KEY, pem);
        }
    }

    /** Names differ by more than the size of their letters. */
    private static void checkRepositories(JsonNode config) {
        Set<String> names = new HashSet<>();
        names.add(config.path(REPOSITORY).asText().toLowerCase(Locale.ROOT));
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
                    WEBHOOK_URL, "must be an address like https://integration.example.com/api/webhooks/github");
        }
    }
}
