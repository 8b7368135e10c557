package io.atmosfera.integration.outbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.atmosfera.integration.credential.CredentialVault;
import io.atmosfera.integration.outbound.TokenIssuer.KeyedConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Credentials of stored connections from the vault, and of connections under test from memory. */
@Component("outboundCredentials")
public class OutboundCredentials implements ConnectionCredentials {

    private static final String TEST = "test-";
    private static final Duration TEST_LIFETIME = Duration.ofMinutes(5);
    private static final int MOST_TESTS = 1000;

    private static final String SELECT =
            """
            SELECT c.project_id, c.integration_type, c.config_data::text AS config, s.name, s.key_id, s.ciphertext,
                   s.created_at::text AS version
            FROM integration_configs c
            JOIN integration_secrets s ON s.config_id = c.id AND s.valid_until IS NULL
            WHERE c.id = ? AND s.name <> 'webhookSecret'
            UNION ALL
            SELECT d.project_id, d.integration_type, d.config_data::text, d.name, d.key_id, d.ciphertext,
                   d.departed_at::text
            FROM departed_connections d WHERE d.config_id = ?
            """;

    private static final String SELECT_SECRET =
            """
            SELECT c.project_id, c.integration_type, s.name, s.key_id, s.ciphertext
            FROM integration_configs c
            JOIN integration_secrets s ON s.config_id = c.id AND s.valid_until IS NULL
            WHERE c.id = ? AND s.name = ?
            """;

    private final JdbcTemplate jdbc;
    private final CredentialVault vault;
    private final ObjectMapper json;
    private final Map<String, TokenIssuer> issuers;
    private final Cache<String, Credential> tests = Caffeine.newBuilder()
            .maximumSize(MOST_TESTS)
            .expireAfterWrite(TEST_LIFETIME)
            .build();

    OutboundCredentials(JdbcTemplate jdbc, CredentialVault vault, ObjectMapper json, List<TokenIssuer> issuers) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.json = json;
        this.issuers = issuers.stream().collect(Collectors.toMap(TokenIssuer::secret, issuer -> issuer));
    }

    static boolean isTest(String connection) {
        return connection.startsWith(TEST);
    }

    /** Keeps a credential for the few calls of a connection test and gives the handle that names it. */
    String forTest(JsonNode config, String name, @Nullable String user, String secret) {
        String handle = TEST + UUID.randomUUID();
        tests.put(handle, credential(config, name, user, handle, () -> secret));
        return handle;
    }

    /** The same with the credential of a stored connection, for a test of what is not stored yet. */
    String forTestLike(String connection, JsonNode config) {
        String handle = TEST + UUID.randomUUID();
        credential(connection)
                .map(stored -> stored instanceof Keyed keyed
                        ? new Keyed(
                                new KeyedConnection(
                                        config,
                                        keyed.connection().version(),
                                        keyed.connection().key()),
                                keyed.issuer())
                        : stored)
                .ifPresent(credential -> tests.put(handle, credential));
        return handle;
    }

    @Override
    public Optional<Credential> credential(String connection) {
        if (isTest(connection)) {
            return Optional.ofNullable(tests.getIfPresent(connection));
        }
        Long id = Long.valueOf(connection);
        return jdbc.query(SELECT, (row, number) -> credential(row), id, id).stream()
                .findFirst();
    }

    @Override
    public Optional<String> secretJson(String connection, String name) {
        return jdbc
                .query(
                        SELECT_SECRET,
                        (row, number) -> TextNode.valueOf(open(row)).toString(),
                        Long.valueOf(connection),
                        name)
                .stream()
                .findFirst();
    }

    private String open(ResultSet row) throws SQLException {
        return vault.open(context(row), row.getLong("key_id"), row.getBytes("ciphertext"));
    }

    private static String context(ResultSet row) throws SQLException {
        return CredentialVault.context(
                row.getLong("project_id"), row.getString("integration_type"), row.getString("name"));
    }

    private Credential credential(ResultSet row) throws SQLException {
        JsonNode config = tree(row.getString("config"));
        String name = row.getString("name");
        String context = context(row);
        long keyId = row.getLong("key_id");
        byte[] ciphertext = row.getBytes("ciphertext");
        return credential(
                config,
                name,
                config.path("email").asText(config.path("user").asText(null)),
                row.getString("version"),
                () -> vault.open(context, keyId, ciphertext));
    }

    private Credential credential(
            JsonNode config, String name, @Nullable String user, String version, Supplier<String> secret) {
        TokenIssuer issuer = issuers.get(name);
        return issuer == null
                ? Sent.of(config.path("tokenHeader").asText(null), user, secret.get())
                : new Keyed(new KeyedConnection(config, version, secret), issuer);
    }

    private JsonNode tree(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("jsonb is always JSON", e);
        }
    }
}
