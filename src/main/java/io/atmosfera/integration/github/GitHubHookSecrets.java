package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.credential.CredentialVault;
import io.atmosfera.integration.credential.Sealed;
import io.atmosfera.integration.database.SqlFile;
import io.atmosfera.integration.outbound.Connections;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * The secret of a hook. GitHub has one hook for an address and a repository, and a hook has one secret: that of all connections
 * that name both.
 */
@Component
class GitHubHookSecrets {

    private static final String SELECT = SqlFile.read("github/hook-secrets");

    /** One after the other, so that two that are saved at once do not each make a secret. Until the transaction ends. */
    private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtext('github-hook-secrets'))";

    private static final String WEBHOOK_SECRET = "webhookSecret";
    private static final int SECRET_BYTES = 32;

    private final SecureRandom random = new SecureRandom();
    private final JdbcTemplate jdbc;
    private final CredentialVault vault;
    private final ObjectMapper json;

    GitHubHookSecrets(JdbcTemplate jdbc, CredentialVault vault, ObjectMapper json) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.json = json;
    }

    private record Owner(long config, long project, @Nullable String secret) {

        static String context(long project) {
            return CredentialVault.context(project, "github", WEBHOOK_SECRET);
        }
    }

    /**
     * Settles on one secret for a connection that is about to be saved and those that share a hook with it: the one that is
     * given, else the last one that was given for any of them, else a new one. Within the transaction that saves.
     *
     * @param config gets a {@code webhookSecret} where another one than the stored one is to be stored
     * @param shown  what of it may be shown
     * @return the secret for others, sealed for each, as {@link Connections.SealedConfig} takes it
     */
    String agree(long projectId, ObjectNode config, ObjectNode shown) {
        jdbc.query(LOCK, row -> {});
        ArrayNode others = json.createArrayNode();
        if (!config.hasNonNull("webhookUrl")) {
            return others.toString();
        }
        List<Owner> owners = owners(projectId, shown);
        String secret = secret(owners, config);
        boolean stored = false;
        for (Owner owner : owners) {
            boolean has = secret.equals(owner.secret());
            if (owner.project() == projectId) {
                stored = has;
            } else if (!has) {
                Sealed sealed = vault.seal(Owner.context(owner.project()), secret);
                others.addObject()
                        .put("config_id", owner.config())
                        .put("key_id", sealed.keyId())
                        .put("ciphertext", Base64.getEncoder().encodeToString(sealed.ciphertext()));
            }
        }
        if (!stored) {
            config.put(WEBHOOK_SECRET, secret);
        }
        return others.toString();
    }

    private String secret(List<Owner> owners, ObjectNode config) {
        String given = Connections.text(config, WEBHOOK_SECRET);
        if (given != null) {
            return given;
        }
        boolean another = config.path(WEBHOOK_SECRET).isNull();
        for (Owner owner : owners) {
            if (owner.secret() != null && !another) {
                return owner.secret();
            }
        }
        return made();
    }

    private String made() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private List<Owner> owners(long projectId, ObjectNode shown) {
        return jdbc.query(
                SELECT,
                (row, number) -> {
                    long project = row.getLong("project_id");
                    byte[] ciphertext = row.getBytes("ciphertext");
                    return new Owner(
                            row.getLong("config_id"),
                            project,
                            ciphertext == null
                                    ? null
                                    : vault.open(Owner.context(project), row.getLong("key_id"), ciphertext));
                },
                projectId,
                shown.toString(),
                projectId);
    }
}
