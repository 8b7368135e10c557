package io.atmosfera.integration.credential;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The keys that seal secrets, one row each in {@code encryption_keys}. One is active; the others are on their way out.
 * Every instance on the database has the same keys, and learns of another's when it meets one.
 */
@Component
class DataKeys {

    /** How long an instance may hold on to a key that another one has destroyed. */
    private static final Duration KEPT = Duration.ofSeconds(5);

    private static final String INSERT =
            """
            INSERT INTO encryption_keys (id, wrapped_keyset, state) OVERRIDING SYSTEM VALUE
            VALUES (:id, :wrapped, 'active')""";

    private static final String DESTROY =
            """
            WITH destroyed AS (
                UPDATE encryption_keys SET state = 'destroyed', wrapped_keyset = NULL, destroyed_at = now()
                WHERE id = :id AND NOT EXISTS (SELECT FROM integration_secrets WHERE key_id = :id)
                  AND NOT EXISTS (SELECT FROM departed_connections WHERE key_id = :id)
                RETURNING id
            )
            INSERT INTO audit_log (actor, action, target)
            SELECT 'system', 'encryption-key.destroy', 'encryption-key/' || id FROM destroyed""";

    private static final String STARTED =
            """
            INSERT INTO audit_log (actor, action, target, address, before, after)
            VALUES (:actor, 'encryption-key.rotate', 'encryption-key/' || :id, :address,
                    jsonb_build_object('activeKeyId', CAST(:former AS bigint)),
                    jsonb_build_object('activeKeyId', CAST(:id AS bigint)))""";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final MasterKey masterKey;
    private final Cache<Long, Aead> keys =
            Caffeine.newBuilder().maximumSize(100).expireAfterWrite(KEPT).build();

    private record Row(long id, byte[] wrapped) {}

    DataKeys(JdbcClient jdbc, PlatformTransactionManager transactions, MasterKey masterKey) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
        this.masterKey = masterKey;
        checkMasterKey();
        if (active() == null) {
            try {
                insert();
            } catch (DuplicateKeyException otherInstance) {
                // It started at the same time, and its key is as good.
            }
        }
    }

    private void checkMasterKey() {
        for (Row row : jdbc.sql("SELECT id, wrapped_keyset AS wrapped FROM encryption_keys WHERE state <> 'destroyed'")
                .query(Row.class)
                .list()) {
            try {
                masterKey.dataKey(row.id(), row.wrapped());
            } catch (GeneralSecurityException e) {
                throw new UnusableMasterKeyException(
                        "The master key is not the one that the keys in this database were made with.",
                        "Start with the master key that was in use before. If it is lost, so are the stored"
                                + " credentials: empty the tables integration_secrets and encryption_keys, start, and"
                                + " enter the credentials again.");
            }
        }
    }

    /** The id of the key to seal with, as the database has it at this moment; null before the first start. */
    @Nullable
    Long active() {
        return jdbc.sql("SELECT id FROM encryption_keys WHERE state = 'active'")
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    /** The key of that id; null if there is none or it is destroyed. */
    @Nullable
    Aead get(long id) {
        return keys.get(id, this::load);
    }

    private @Nullable Aead load(long id) {
        var row = jdbc.sql(
                        "SELECT id, wrapped_keyset AS wrapped FROM encryption_keys WHERE id = ? AND state <> 'destroyed'")
                .param(id)
                .query(Row.class)
                .optional();
        if (row.isEmpty()) {
            return null;
        }
        try {
            return masterKey.dataKey(id, row.get().wrapped());
        } catch (GeneralSecurityException e) {
            throw new CredentialException("The data key " + id + " cannot be unwrapped with this master key", e);
        }
    }

    /** Makes a new key active and retires the former. */
    void replaceActive(String actor, @Nullable String address) {
        try {
            transaction.executeWithoutResult(status -> {
                Long former = active();
                jdbc.sql("UPDATE encryption_keys SET state = 'retiring' WHERE state = 'active'")
                        .update();
                jdbc.sql(STARTED)
                        .param("actor", actor)
                        .param("address", address)
                        .param("former", former)
                        .param("id", insert())
                        .update();
            });
        } catch (DuplicateKeyException otherInstance) {
            // Somebody else replaced the key at the same moment, which is what was asked for.
        }
    }

    private long insert() {
        long id = Objects.requireNonNull(jdbc.sql("SELECT nextval(pg_get_serial_sequence('encryption_keys', 'id'))")
                .query(Long.class)
                .single());
        try {
            jdbc.sql(INSERT)
                    .param("id", id)
                    .param("wrapped", masterKey.newDataKey(id))
                    .update();
        } catch (GeneralSecurityException e) {
            throw new CredentialException("No data key could be made", e);
        }
        return id;
    }

    /** Destroys the retired keys that seal nothing any more; gives the number of those that still do. */
    int destroyUnused() {
        int inUse = 0;
        for (Long id : jdbc.sql("SELECT id FROM encryption_keys WHERE state = 'retiring'")
                .query(Long.class)
                .list()) {
            inUse += destroy(id) ? 0 : 1;
        }
        return inUse;
    }

    private boolean destroy(long id) {
        // The lock waits for writers under way (see the trigger of integration_secrets), so that the statement after it
        // sees what they wrote.
        boolean destroyed = Boolean.TRUE.equals(transaction.execute(status -> {
            jdbc.sql("SELECT id FROM encryption_keys WHERE id = ? FOR UPDATE")
                    .param(id)
                    .query(Long.class)
                    .single();
            return jdbc.sql(DESTROY).param("id", id).update() > 0;
        }));
        if (destroyed) {
            keys.invalidate(id);
        }
        return destroyed;
    }
}
