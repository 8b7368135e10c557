package io.atmosfera.integration.credential;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Replaces the data key while the platform runs: a new key becomes active, every secret is resealed with it, and the
 * old key is destroyed when nothing uses it. What is done and what is not stands in the database, so that any instance
 * can go on where another stopped.
 */
@Component("keyRotation")
public class KeyRotation {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRotation.class);
    private static final int BATCH = 500;

    /** Where secrets are kept. */
    private enum Store {
        CONNECTIONS("integration_secrets", "id", "JOIN integration_configs c ON c.id = s.config_id", "c"),

        /** Those that are gone, whose hooks are still to be removed. */
        DEPARTED("departed_connections", "config_id", "", "s");

        private final String batchOfOld;
        private final String write;

        /** The table and its key; what is joined to know whose a secret is, and where that then stands. */
        Store(String table, String key, String join, String owner) {
            // Rows that somebody else holds are left to the next pass.
            this.batchOfOld =
                    """
                    SELECT s.%2$s AS id, s.key_id, s.ciphertext,
                           'integration/' || %4$s.project_id || '/' || %4$s.integration_type || '/' || s.name AS context
                    FROM %1$s s %3$s
                    WHERE s.key_id IN (SELECT id FROM encryption_keys WHERE state = 'retiring')
                      AND s.%2$s <> ALL (:unreadable)
                    ORDER BY s.%2$s LIMIT :batch FOR UPDATE OF s SKIP LOCKED"""
                            .formatted(table, key, join, owner);
            this.write =
                    """
                    UPDATE %1$s s SET key_id = :key, ciphertext = anew.ciphertext
                    FROM unnest(CAST(:ids AS bigint[]), CAST(:ciphertexts AS bytea[])) AS anew (id, ciphertext)
                    WHERE s.%2$s = anew.id"""
                            .formatted(table, key);
        }
    }

    private static final String IS_DUE =
            """
            SELECT EXISTS (SELECT FROM encryption_keys
                           WHERE state = 'active' AND created_at < now() - make_interval(days => ?))""";

    private final CredentialVault vault;
    private final DataKeys keys;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    KeyRotation(CredentialVault vault, DataKeys keys, JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.vault = vault;
        this.keys = keys;
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    private record Secret(long id, long keyId, byte[] ciphertext, String context) {}

    /** Makes a new key active; the rest is for {@link #reencrypt} and {@link #destroyUnused}. */
    public void rotate(String actor, @Nullable String address) {
        keys.replaceActive(actor, address);
    }

    /** Rotates where the active key is older than that many days; 0 for never. */
    public void rotateIfOlderThan(int days) {
        if (days > 0
                && Boolean.TRUE.equals(
                        jdbc.sql(IS_DUE).param(days).query(Boolean.class).single())) {
            rotate("system", null);
        }
    }

    /** Reseals the secrets of retired keys in short transactions until none is left to claim. */
    public void reencrypt() {
        for (Store store : Store.values()) {
            Set<Long> unreadable = new LinkedHashSet<>();
            while (Boolean.TRUE.equals(transaction.execute(status -> reencryptBatch(store, unreadable)))) {
                LOG.debug("Resealed a batch of secrets");
            }
        }
    }

    /** Destroys the retired keys that nothing uses; gives the number of those that something still does. */
    public int destroyUnused() {
        return keys.destroyUnused();
    }

    private boolean reencryptBatch(Store store, Set<Long> unreadable) {
        List<Secret> secrets = jdbc.sql(store.batchOfOld)
                .param("unreadable", unreadable.toArray(Long[]::new))
                .param("batch", BATCH)
                .query(Secret.class)
                .list();
        Long active = keys.active();
        List<Long> ids = new ArrayList<>();
        List<byte[]> ciphertexts = new ArrayList<>();
        for (Secret secret : secrets) {
            try {
                byte[] plaintext = vault.bytes(secret.context(), secret.keyId(), secret.ciphertext());
                Sealed anew = active == null ? null : vault.seal(active, secret.context(), plaintext);
                if (anew != null) {
                    ids.add(secret.id());
                    ciphertexts.add(anew.ciphertext());
                }
            } catch (CredentialException e) {
                // It is lost already; its key stays so that an administrator sees that something is left.
                LOG.error("A rotation left a secret out. {}. Enter it again.", e.getMessage());
                unreadable.add(secret.id());
            }
        }
        jdbc.sql(store.write)
                .param("key", active)
                .param("ids", ids.toArray(Long[]::new))
                .param("ciphertexts", ciphertexts.toArray(byte[][]::new))
                .update();
        return !secrets.isEmpty();
    }
}
