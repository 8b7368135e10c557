package io.atmosfera.integration.webhook;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;

/** A PostgreSQL of its own with its default durability, which can be killed and started again on what it left. */
final class MortalPostgres implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path data;
    private final EmbeddedPostgres first;
    private final List<String> command = new ArrayList<>();

    private MortalPostgres(Path data, EmbeddedPostgres first) {
        this.data = data;
        this.first = first;
        String postgres = postmaster().info().command().orElseThrow();
        // PostgreSQL does not run as root; in a user namespace of its own root is nobody.
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(postgres, "-D", data.toString(), "-p", String.valueOf(first.getPort())));
        command.addAll(List.of("-c", "timezone=UTC", "-c", "max_connections=100"));
    }

    static MortalPostgres start(Path folder) throws Exception {
        Path data = folder.resolve("data");
        EmbeddedPostgres first = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
        MortalPostgres postgres = new MortalPostgres(data, first);
        // From here on without the settings of tests, which would rather be fast than durable.
        postgres.kill();
        postgres.revive();
        return postgres;
    }

    String address() {
        return first.getJdbcUrl("postgres", "postgres");
    }

    /** Ends it without a chance to do anything more. */
    void kill() throws Exception {
        ProcessHandle postmaster = postmaster();
        postmaster.destroyForcibly();
        postmaster.onExit().get();
    }

    /** Starts it on what the last one left; waits until it answers. */
    void revive() {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(data.getParent() + "/postgres.log")))
                    .start();
            while (process.isAlive()) {
                if (answers()) {
                    return true;
                }
            }
            // Children of the one before may still be ending.
            return false;
        });
    }

    private boolean answers() {
        try (var connection = DriverManager.getConnection(address())) {
            return connection.isValid(5);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private ProcessHandle postmaster() {
        try {
            long pid = Long.parseLong(
                    Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
            return ProcessHandle.of(pid).orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        kill();
        first.close();
    }
}
