package io.atmosfera.integration.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.PlatformTest;
import io.atmosfera.integration.database.PlatformData;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

class CredentialVaultTest extends PlatformTest {

    private static final int SECRETS = 10_000;

    /** Between one read or write of a busy platform and the next. */
    private static final long PAUSE_NANOS = 1_000_000;

    @Autowired
    private CredentialVault vault;

    @Autowired
    private DataKeys keys;

    @Autowired
    private PlatformTransactionManager transactions;

    @Autowired
    private JdbcTemplate batches;

    @Autowired
    private PlatformData data;

    @Autowired
    private KeyRotation rotation;

    private long project;
    private long config;

    @BeforeEach
    void aProjectWithAConnection() {
        jdbc.sql("DELETE FROM projects WHERE key LIKE 'VAULT%'").update();
        project = jdbc.sql("INSERT INTO projects (key, name) VALUES ('VAULT', 'Vault') RETURNING id")
                .query(Long.class)
                .single();
        config = jdbc.sql("INSERT INTO integration_configs (project_id, integration_type, config_data)"
                        + " VALUES (?, 'jira', '{}') RETURNING id")
                .param(project)
                .query(Long.class)
                .single();
    }

    private String context(String name) {
        return "integration/" + project + "/jira/" + name;
    }

    private void store(String name, Sealed sealed) {
        jdbc.sql("INSERT INTO integration_secrets (config_id, name, key_id, ciphertext) VALUES (?, ?, ?, ?)")
                .params(config, name, sealed.keyId(), sealed.ciphertext())
                .update();
    }

    private String read(String name) {
        return jdbc.sql("SELECT key_id, ciphertext FROM integration_secrets WHERE config_id = ? AND name = ?")
                .params(config, name)
                .query((row, number) -> vault.open(context(name), row.getLong(1), row.getBytes(2)))
                .single();
    }

    private JsonNode rotate() {
        var answer = post("/api/admin/encryption-keys/rotate", ADMIN, null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json();
    }

    private void awaitRotation() {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode state = get("/api/admin/encryption-keys").json();
            assertThat(state.path("remainingSecrets").asInt()).isZero();
            assertThat(state.path("keys"))
                    .noneMatch(key -> key.path("state").asText().equals("retiring"));
        });
    }

    @Test
    void whatIsSealedCanBeOpened() {
        Sealed sealed = vault.seal(context("apiKey"), "s3cr3t ✓");
        assertThat(vault.open(context("apiKey"), sealed.keyId(), sealed.ciphertext()))
                .isEqualTo("s3cr3t ✓");
        assertThat(sealed.keyId()).isEqualTo(keys.active());
        assertThat(sealed.toString()).doesNotContain("s3cr3t");
        assertThat(new String(sealed.ciphertext(), StandardCharsets.ISO_8859_1)).doesNotContain("s3cr3t");
    }

    @Test
    void aCiphertextIsOfNoUseInAnotherPlace() {
        Sealed sealed = vault.seal(context("apiKey"), "s3cr3t");
        assertThatThrownBy(() -> vault.open(context("webhookSecret"), sealed.keyId(), sealed.ciphertext()))
                .isInstanceOf(CredentialException.class)
                .hasMessageNotContaining("s3cr3t");
        assertThatThrownBy(() -> vault.open(context("apiKey"), sealed.keyId() + 1, sealed.ciphertext()))
                .isInstanceOf(CredentialException.class);
        byte[] changed = sealed.ciphertext().clone();
        changed[changed.length - 1] ^= 1;
        assertThatThrownBy(() -> vault.open(context("apiKey"), sealed.keyId(), changed))
                .isInstanceOf(CredentialException.class);
        assertThatThrownBy(() -> vault.open(context("apiKey"), sealed.keyId(), new byte[3]))
                .isInstanceOf(CredentialException.class);
    }

    @Test
    void anotherMasterKeyStopsTheStart() {
        assertThatThrownBy(() -> new DataKeys(jdbc, transactions, new MasterKey(new byte[MasterKey.BYTES])))
                .isInstanceOf(UnusableMasterKeyException.class)
                .hasMessageContaining("master key");
    }

    @Test
    void aSecretSealedWithADestroyedKeyIsRefused() {
        Sealed late = vault.seal(context("apiKey"), "late");
        rotate();
        awaitRotation();
        assertThatThrownBy(() -> store("apiKey", late)).isInstanceOf(ConcurrencyFailureException.class);
        store("apiKey", vault.seal(context("apiKey"), "late"));
        assertThat(read("apiKey")).isEqualTo("late");
    }

    private record Stored(String name, long keyId, byte[] ciphertext) {}

    @Test
    void aRotationChangesEverySecretWhileTheyAreReadAndWritten() throws Exception {
        Sealed first = vault.seal(context("apiKey"), "first");
        store("apiKey", first);
        fill();
        AtomicBoolean running = new AtomicBoolean(true);
        AtomicInteger reads = new AtomicInteger();
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> {
            while (running.get()) {
                assertThat(read("apiKey")).isEqualTo("first");
                reads.incrementAndGet();
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        });
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            for (int n = 0; running.get(); n++) {
                String name = "written" + n;
                store(name, vault.seal(context(name), "value " + n));
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        });
        long start = System.nanoTime();
        long active = rotate().path("activeKeyId").asLong();
        assertThat(active).isGreaterThan(first.keyId());
        awaitRotation();
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        running.set(false);
        reader.get();
        writer.get();

        assertThat(taken).isLessThan(Duration.ofSeconds(30));
        assertThat(reads).hasPositiveValue();
        List<Stored> all = jdbc.sql("SELECT name, key_id, ciphertext FROM integration_secrets WHERE config_id = ?")
                .param(config)
                .query(Stored.class)
                .list();
        assertThat(all).hasSizeGreaterThan(SECRETS).allSatisfy(row -> {
            assertThat(row.keyId()).isEqualTo(active);
            vault.open(context(row.name()), active, row.ciphertext());
        });
        assertThatThrownBy(() -> vault.open(context("apiKey"), first.keyId(), first.ciphertext()))
                .isInstanceOf(CredentialException.class)
                .hasMessageContaining("destroyed");
        assertThat(jdbc.sql("SELECT wrapped_keyset FROM encryption_keys WHERE id = ?")
                        .param(first.keyId())
                        .query((row, number) -> row.getBytes(1) == null)
                        .single())
                .isTrue();
    }

    private void fill() {
        long active = Objects.requireNonNull(keys.active());
        var rows = new ArrayList<Object[]>();
        for (int n = 0; n < SECRETS; n++) {
            Sealed sealed = Objects.requireNonNull(
                    vault.seal(active, context("filled" + n), ("filled " + n).getBytes(StandardCharsets.UTF_8)));
            rows.add(new Object[] {config, "filled" + n, sealed.keyId(), sealed.ciphertext()});
        }
        batches.batchUpdate(
                "INSERT INTO integration_secrets (config_id, name, key_id, ciphertext) VALUES (?, ?, ?, ?)", rows);
    }

    @Test
    void aKeyMadeByAnotherInstanceIsFound() throws Exception {
        byte[] master = masterKeyOfTheFile();
        DataKeys otherKeys = new DataKeys(jdbc, transactions, new MasterKey(master));
        otherKeys.replaceActive("test", null);
        CredentialVault other = new CredentialVault(otherKeys);
        Sealed theirs = other.seal(context("apiKey"), "theirs");
        assertThat(vault.open(context("apiKey"), theirs.keyId(), theirs.ciphertext()))
                .isEqualTo("theirs");
        Sealed ours = vault.seal(context("apiKey"), "ours");
        assertThat(ours.keyId()).isEqualTo(theirs.keyId());
        rotate();
        awaitRotation();
    }

    private byte[] masterKeyOfTheFile() throws IOException {
        var file = data.dataDir().resolve("master-key");
        assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                        java.nio.file.Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        return Base64.getDecoder().decode(data.secret("master-key").orElseThrow());
    }

    @Test
    void anOldKeyIsReplacedByItself() {
        Long before = keys.active();
        jdbc.sql("UPDATE encryption_keys SET created_at = now() - interval '91 days' WHERE state = 'active'")
                .update();
        rotation.rotateIfOlderThan(0);
        assertThat(keys.active()).isEqualTo(before);
        rotation.rotateIfOlderThan(90);
        assertThat(keys.active()).isNotEqualTo(before);
        rotation.rotateIfOlderThan(90);
        rotate();
        awaitRotation();
    }

    @Test
    void aSecretThatCannotBeOpenedHoldsUpNoOther() {
        store("broken", new Sealed(vault.seal("any", "any").keyId(), new byte[40]));
        store("apiKey", vault.seal(context("apiKey"), "fine"));
        rotation.rotate("test", null);
        rotation.reencrypt();
        assertThat(read("apiKey")).isEqualTo("fine");
        assertThat(rotation.destroyUnused()).isPositive();
        jdbc.sql("DELETE FROM integration_secrets WHERE name = 'broken'").update();
        assertThat(rotation.destroyUnused()).isZero();
    }

    @Test
    void whatIsLeftOfAConnectionUntilItsHookIsRemovedIsSealedAnew() {
        Sealed sealed = vault.seal(context("apiKey"), "departed");
        jdbc.sql("INSERT INTO departed_connections (config_id, project_id, integration_type, config_data, name, key_id,"
                        + " ciphertext) VALUES (?, ?, 'jira', '{}', 'apiKey', ?, ?)")
                .params(config, project, sealed.keyId(), sealed.ciphertext())
                .update();
        rotation.rotate("test", null);
        assertThat(rotation.destroyUnused()).as("keys in use").isEqualTo(1);

        rotation.reencrypt();

        assertThat(rotation.destroyUnused()).isZero();
        assertThat(jdbc.sql("SELECT key_id, ciphertext FROM departed_connections WHERE config_id = ?")
                        .param(config)
                        .query((row, number) ->
                                vault.open(context("apiKey"), row.getLong("key_id"), row.getBytes("ciphertext")))
                        .single())
                .isEqualTo("departed");
        jdbc.sql("DELETE FROM departed_connections WHERE config_id = ?")
                .param(config)
                .update();
    }
}
