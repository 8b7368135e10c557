package io.atmosfera.integration.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.connection.Source;
import io.atmosfera.integration.http.Problem.FieldError;
import io.atmosfera.integration.http.ProblemException;
import io.atmosfera.integration.outbound.Connections;
import io.atmosfera.integration.outbound.Connections.Kind;
import io.atmosfera.integration.outbound.Connections.SealedConfig;
import io.atmosfera.integration.outbound.Connections.Stored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A source that is files, and how it takes a configuration apart at the door: what may be shown, and the token, which is
 * sealed at once. Routes know it as {@code rest-NAME}.
 */
public final class RestSource {

    static final String URL = "url";
    static final String PARAMETERS = "parameters";

    private static final String TOKEN = "token";
    private static final String TOKEN_HEADER = "tokenHeader";
    private static final String USER = "user";
    private static final String AUTHORIZATION = "Authorization";
    private static final String NONE = "none";

    /** Headers that say how a request is framed and where it goes. */
    private static final Set<String> NOT_FOR_TOKENS = Set.of(
            "host",
            "connection",
            "content-length",
            "content-type",
            "transfer-encoding",
            "te",
            "trailer",
            "upgrade",
            "expect",
            "accept",
            "if-none-match",
            "user-agent");

    /** How often a connection is probed, in seconds. */
    private static final long PROBE_SECONDS = 60;

    private final Kind kind;
    private final List<String> streams;
    private final List<String> required;
    private final String tokenHeader;
    private final ObjectMapper json;
    private final Connections connections;

    private RestSource(
            Kind kind,
            List<String> streams,
            List<String> required,
            String tokenHeader,
            ObjectMapper json,
            Connections connections) {
        this.kind = kind;
        this.streams = streams;
        this.required = required;
        this.tokenHeader = tokenHeader;
        this.json = json;
        this.connections = connections;
    }

    /** A source as the parameters of its template declare it. */
    static RestSource of(Map<String, String> declared, ObjectMapper json, Connections connections) {
        String required = declared.getOrDefault(PARAMETERS, NONE);
        return new RestSource(
                new Kind(
                        declared.getOrDefault("source", ""),
                        declared.getOrDefault("title", ""),
                        URL,
                        declared.getOrDefault("address", ""),
                        TOKEN,
                        USER),
                list(declared.getOrDefault("streams", "")),
                required.equals(NONE) ? List.of() : list(required),
                declared.getOrDefault(TOKEN_HEADER, AUTHORIZATION),
                json,
                connections);
    }

    static List<String> list(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    /** What the platform has to know of it; its webhooks are none that the contract has a door for. */
    Source source(RestFailures failures) {
        return new Source(kind.type(), kind.name(), "items", failures, null);
    }

    String name() {
        return kind.type();
    }

    List<String> streams() {
        return streams;
    }

    /** Adds what a client has to know to configure it. */
    void describe(ObjectNode source) {
        source.put("address", kind.example()).put(TOKEN_HEADER, tokenHeader);
        ArrayNode names = source.putArray(PARAMETERS);
        required.forEach(names::add);
    }

    public long getProbeSeconds() {
        return PROBE_SECONDS;
    }

    /**
     * Validates a configuration and seals its token.
     *
     * @throws ProblemException 400, naming the field that would have to be different
     */
    public SealedConfig seal(byte[] body, long projectId) throws IOException {
        return seal(complete(json.readTree(body)), projectId);
    }

    /**
     * The same for a JSON Merge Patch of the stored configuration.
     *
     * @throws ProblemException 400, naming the field that would have to be different
     */
    public SealedConfig patch(byte[] body, long projectId) throws IOException {
        return seal(complete(connections.patched(kind, projectId, json.readTree(body))), projectId);
    }

    private SealedConfig seal(ObjectNode config, long projectId) {
        ObjectNode shown = config.deepCopy();
        shown.retain(URL, TOKEN_HEADER, USER, PARAMETERS, "autoSync", "syncIntervalMinutes");
        // None of ours has a webhook.
        config.remove("webhookSecret");
        return connections.seal(kind, projectId, config, shown);
    }

    /** A connection for a test: the one in the body where there is one, else the stored one. */
    public RestConnection underTest(byte @Nullable [] body, long projectId) throws IOException {
        if (body == null || body.length == 0) {
            Stored stored = connections.require(kind, projectId);
            return RestConnection.of(stored.id(), kind.name(), stored.config());
        }
        ObjectNode config = complete(json.readTree(body));
        config.put(URL, config.path(URL).asText().replaceFirst("/+$", ""));
        requireSameUseOfStoredToken(config, projectId);
        return RestConnection.of(connections.underTest(kind, projectId, config), kind.name(), config);
    }

    /** The connection of a row that names its id and configuration. */
    public RestConnection connection(Map<String, Object> row) throws IOException {
        return of(Objects.requireNonNull(row.get("id")), String.valueOf(row.get("config")));
    }

    /** The connection of a configuration by its id. */
    public RestConnection of(Object id, String config) throws IOException {
        return RestConnection.of(String.valueOf(id), kind.name(), json.readTree(config));
    }

    /** The stored token goes along as it is stored; a test that says otherwise would test something else. */
    private void requireSameUseOfStoredToken(ObjectNode config, long projectId) {
        if (Connections.text(config, TOKEN) != null) {
            return;
        }
        Stored stored = connections.find(kind, projectId);
        JsonNode before = stored == null ? config : stored.config();
        for (String field : List.of(TOKEN_HEADER, USER)) {
            if (!before.path(field).equals(config.path(field))) {
                throw ProblemException.invalid(TOKEN, "must be given again when " + field + " changes");
            }
        }
    }

    private ObjectNode complete(JsonNode given) {
        ObjectNode config = (ObjectNode) given;
        if (!config.path(TOKEN_HEADER).isTextual()) {
            config.put(TOKEN_HEADER, tokenHeader);
        }
        if (NOT_FOR_TOKENS.contains(config.path(TOKEN_HEADER).asText().toLowerCase(Locale.ROOT))) {
            throw ProblemException.invalid(TOKEN_HEADER, "must be a header for a token, such as PRIVATE-TOKEN");
        }
        List<FieldError> missing = new ArrayList<>();
        for (String name : required) {
            if (Connections.text(config.path(PARAMETERS), name) == null) {
                missing.add(new FieldError(PARAMETERS + "." + name, "is required by " + kind.name()));
            }
        }
        if (!missing.isEmpty()) {
            throw ProblemException.invalid(missing);
        }
        if (Connections.text(config, USER) != null
                && !config.path(TOKEN_HEADER).asText().equalsIgnoreCase(AUTHORIZATION)) {
            throw ProblemException.invalid(USER, "goes with the tokenHeader Authorization only");
        }
        return config;
    }
}
