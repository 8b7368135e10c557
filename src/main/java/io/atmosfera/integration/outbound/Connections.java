package io.atmosfera.integration.outbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.credential.CredentialVault;
import io.atmosfera.integration.credential.Sealed;
import io.atmosfera.integration.http.NotFoundException;
import io.atmosfera.integration.http.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What the configurations of all connections have in common: an address, a credential, a webhook's secret. */
@Component("connections")
public class Connections {

    private static final String WEBHOOK_SECRET = "webhookSecret";

    private static final String SELECT =
            """
            SELECT c.id::text, c.config_data::text, EXISTS (
                       SELECT FROM integration_secrets s WHERE s.config_id = c.id AND s.name = ?)
            FROM integration_configs c
            WHERE c.project_id = ? AND c.integration_type = ? AND c.is_active
            """;

    private final ObjectMapper json;
    private final CredentialVault vault;
    private final OutboundGuard guard;
    private final OutboundCredentials credentials;
    private final QuietConnections quiet;
    private final JdbcTemplate jdbc;

    Connections(
            ObjectMapper json,
            CredentialVault vault,
            OutboundGuard guard,
            OutboundCredentials credentials,
            QuietConnections quiet,
            JdbcTemplate jdbc) {
        this.quiet = quiet;
        this.json = json;
        this.vault = vault;
        this.guard = guard;
        this.credentials = credentials;
        this.jdbc = jdbc;
    }

    /**
     * What differs between the kinds of connections.
     *
     * @param type       the source, such as {@code jira}
     * @param name       what people call it
     * @param address    the field that has the address
     * @param example    such an address
     * @param credential the field that has the credential
     * @param user       the field that names its user, where there is one
     */
    public record Kind(
            String type, String name, String address, String example, String credential, @Nullable String user) {}

    /** A stored configuration, without its secrets. */
    public record Stored(String id, JsonNode config, boolean credentialSet) {}

    /**
     * A configuration ready to be stored. Getters in the bean style, for SQL.
     *
     * @param type           the source, such as {@code jira}
     * @param data           what may be shown, as JSON
     * @param addressName    the field that has the address
     * @param credentialName the field that has the credential
     * @param credential     sealed, or null where the stored one stays
     * @param webhookSecret  likewise
     * @param webhookSecretRemoved whether the stored one is to go without another in its place
     * @param sharedSecrets  the webhook's secret for other connections that have the same hook, a JSON array of {@code config_id,
     *                       key_id, ciphertext} in Base64
     */
    public record SealedConfig(
            String type,
            String data,
            String addressName,
            String credentialName,
            @Nullable Sealed credential,
            @Nullable Sealed webhookSecret,
            boolean webhookSecretRemoved,
            String sharedSecrets) {

        /** The same with secrets for other connections. */
        public SealedConfig sharing(String secrets) {
            return new SealedConfig(
                    type, data, addressName, credentialName, credential, webhookSecret, webhookSecretRemoved, secrets);
        }

        public @Nullable Long credentialId() {
            return credential == null ? null : credential.keyId();
        }

        public byte @Nullable [] credentialCiphertext() {
            return credential == null ? null : credential.ciphertext();
        }

        public @Nullable Long webhookSecretId() {
            return webhookSecret == null ? null : webhookSecret.keyId();
        }

        public byte @Nullable [] webhookSecretCiphertext() {
            return webhookSecret == null ? null : webhookSecret.ciphertext();
        }
    }

    /** The stored connection of a project; null if there is none. */
    public @Nullable Stored find(Kind kind, long projectId) {
        return jdbc
                .query(
                        SELECT,
                        (row, number) -> new Stored(row.getString(1), tree(row.getString(2)), row.getBoolean(3)),
                        kind.credential(),
                        projectId,
                        kind.type())
                .stream()
                .findFirst()
                .orElse(null);
    }

    /**
     * The stored connection of a project.
     *
     * @throws NotFoundException if there is none
     */
    public Stored require(Kind kind, long projectId) {
        Stored stored = find(kind, projectId);
        if (stored == null) {
            throw new NotFoundException("Project " + projectId + " has no " + kind.name() + " connection yet.");
        }
        return stored;
    }

    /**
     * Checks a configuration's address and seals its secrets.
     *
     * @param given what was entered
     * @param shown what of it may be stored and shown; its address loses the slashes at its end
     * @throws ProblemException 400, naming the field that would have to be different
     */
    public SealedConfig seal(Kind kind, long projectId, JsonNode given, ObjectNode shown) {
        String credential = text(given, kind.credential());
        String address = address(kind, shown);
        if (credential == null) {
            requireStoredCredential(kind, projectId, address);
        }
        shown.put(kind.address(), address);
        return new SealedConfig(
                kind.type(),
                shown.toString(),
                kind.address(),
                kind.credential(),
                seal(kind, projectId, kind.credential(), credential),
                seal(kind, projectId, WEBHOOK_SECRET, text(given, WEBHOOK_SECRET)),
                given.path(WEBHOOK_SECRET).isNull(),
                "[]");
    }

    /**
     * The stored configuration as a JSON Merge Patch would have it, to be validated and sealed like one that was sent whole.
     * A secret that is to go stays in it as null.
     *
     * @throws NotFoundException where nothing is stored
     */
    public ObjectNode patched(Kind kind, long projectId, JsonNode patch) {
        ObjectNode config = MergePatch.apply(require(kind, projectId).config(), patch);
        if (patch.path(WEBHOOK_SECRET).isNull()) {
            config.putNull(WEBHOOK_SECRET);
        }
        return config;
    }

    private @Nullable Sealed seal(Kind kind, long projectId, String name, @Nullable String secret) {
        return secret == null ? null : vault.seal(CredentialVault.context(projectId, kind.type(), name), secret);
    }

    /**
     * Names the connection for the calls of a test: by a credential that was given for it, else by the stored one.
     *
     * @throws ProblemException 400, naming the field that would have to be different
     */
    public String underTest(Kind kind, long projectId, JsonNode config) {
        String address = address(kind, config);
        String credential = text(config, kind.credential());
        String handle = credential == null
                ? credentials.forTestLike(
                        requireStoredCredential(kind, projectId, address).id(), config)
                : credentials.forTest(
                        config, kind.credential(), kind.user() == null ? null : text(config, kind.user()), credential);
        Stored stored = find(kind, projectId);
        if (stored != null && isSameSite(stored.config().path(kind.address()).asText(), address)) {
            quiet.likewise(handle, stored.id());
        }
        return handle;
    }

    /** Without a new credential the stored one stays, but it is never sent to another host than it was given for. */
    private Stored requireStoredCredential(Kind kind, long projectId, String address) {
        Stored stored = find(kind, projectId);
        if (stored == null || !stored.credentialSet()) {
            throw ProblemException.invalid(kind.credential(), "is required: none is stored for this connection yet");
        }
        if (!isSameSite(stored.config().path(kind.address()).asText(), address)) {
            throw ProblemException.invalid(
                    kind.credential(), "must be given again when " + kind.address() + " leads to another host");
        }
        return stored;
    }

    private static boolean isSameSite(String former, String address) {
        return Site.of(URI.create(former)).equals(Site.of(URI.create(address)));
    }

    private String address(Kind kind, JsonNode config) {
        String address = config.path(kind.address()).asText().replaceFirst("/+$", "");
        try {
            URI uri = new URI(address);
            if (uri.getHost() == null || uri.getQuery() != null || uri.getFragment() != null) {
                throw ProblemException.invalid(
                        kind.address(), "must be an address like " + kind.example() + ", without query and fragment");
            }
            guard.check(uri);
            return address;
        } catch (URISyntaxException wrong) {
            throw ProblemException.invalid(kind.address(), "is not an address; it should look like " + kind.example());
        } catch (ForbiddenAddressException forbidden) {
            throw ProblemException.invalid(kind.address(), String.valueOf(forbidden.getMessage()));
        }
    }

    /** A text that says something; null if there is none. */
    public static @Nullable String text(JsonNode config, String name) {
        JsonNode value = config.path(name);
        return value.isTextual() && !value.asText().isBlank() ? value.asText() : null;
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("jsonb is always JSON", e);
        }
    }
}
