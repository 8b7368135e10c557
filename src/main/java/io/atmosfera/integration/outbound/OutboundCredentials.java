package io.atmosfera.integration.outbound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.atmosfera.integration.credential.CredentialVault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
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
            SELECT c.project_id, c.integration_type, c.config_data ->> 'tokenHeader' AS header,
                   coalesce(c.config_data ->> 'email', c.config_data ->> 'user') AS email, s.name, s.key_id, s.ciphertext
            FROM integration_configs c
            JOIN integration_secrets s ON s.config_id = c.id AND s.valid_until IS NULL
            WHERE c.id = ? AND s.name IN ('apiKey', 'accessToken', 'token')
            """;

    private final JdbcTemplate jdbc;
    private final CredentialVault vault;
    private final Cache<String, Credential> tests = Caffeine.newBuilder()
            .maximumSize(MOST_TESTS)
            .expireAfterWrite(TEST_LIFETIME)
            .build();

    OutboundCredentials(JdbcTemplate jdbc, CredentialVault vault) {
        this.jdbc = jdbc;
        this.vault = vault;
    }

    static boolean isTest(String connection) {
        return connection.startsWith(TEST);
    }

    /** Keeps a credential for the few calls of a connection test and gives the handle that names it. */
    String forTest(Credential credential) {
        String handle = TEST + UUID.randomUUID();
        tests.put(handle, credential);
        return handle;
    }

    /** The same with the credential of a stored connection, for a test of what is not stored yet. */
    String forTestLike(String connection) {
        String handle = TEST + UUID.randomUUID();
        credential(connection).ifPresent(credential -> tests.put(handle, credential));
        return handle;
    }

    @Override
    public Optional<Credential> credential(String connection) {
        if (isTest(connection)) {
            return Optional.ofNullable(tests.getIfPresent(connection));
        }
        return jdbc
                .query(
                        SELECT,
                        (row, number) -> Credential.of(row.getString("header"), row.getString("email"), open(row)),
                        Long.valueOf(connection))
                .stream()
                .findFirst();
    }

    private String open(ResultSet row) throws SQLException {
        String context = "integration/" + row.getLong("project_id") + "/" + row.getString("integration_type") + "/"
                + row.getString("name");
        return vault.open(context, row.getLong("key_id"), row.getBytes("ciphertext"));
    }
}
