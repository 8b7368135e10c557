package io.atmosfera.integration.database;

import static java.lang.ProcessBuilder.Redirect.DISCARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may work in the folder of an embedded PostgreSQL. */
class DataFolderTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    private Path folder;

    @Test
    void thePostgresThatAKilledPlatformLeftIsStoppedAndItsDataIsThere() throws IOException, SQLException {
        List<String> command = new ArrayList<>();
        try (EmbeddedPostgres first = start()) {
            execute(first, "CREATE TABLE kept (id int)");
            command.add(postmaster().info().command().orElseThrow());
        }
        long pid = startAlone(command);

        try (DataFolder taken = DataFolder.take(folder)) {
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
            assertThat(taken.database()).isEqualTo(folder.resolve("postgres"));
            try (EmbeddedPostgres next = start()) {
                execute(next, "SELECT * FROM kept");
            }
        }
    }

    @Test
    void aPostgresThatNobodyHasClosedIsStoppedWithItsFolder() throws IOException {
        List<String> command = new ArrayList<>();
        try (EmbeddedPostgres first = start()) {
            command.add(postmaster().info().command().orElseThrow());
        }
        DataFolder taken = DataFolder.take(folder);
        long pid = startAlone(command);

        taken.close();

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void anotherPlatformKeepsItsFolder() throws IOException {
        try (DataFolder first = DataFolder.take(folder)) {
            assertThatThrownBy(() -> DataFolder.take(folder))
                    .isInstanceOf(DataFolderInUseException.class)
                    .hasMessage("The folder " + folder + " is in use by another platform (process "
                            + ProcessHandle.current().pid() + ").");
            assertThat(first.database()).isDirectory();
        }
        DataFolder.take(folder).close();
    }

    @Test
    void anotherProgramThatHasGotTheNumberIsLeftAlone() throws IOException {
        Files.createDirectories(folder.resolve("postgres"));
        Files.writeString(
                folder.resolve("postgres/postmaster.pid"),
                ProcessHandle.current().pid() + "\n");

        DataFolder.take(folder).close();
    }

    /** Starts one that belongs to no platform, as where that was killed, and gives its process's number. */
    private long startAlone(List<String> command) throws IOException {
        command.addAll(List.of("-D", folder.resolve("postgres").toString(), "-p", String.valueOf(freePort())));
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL does not run as root; in a user namespace of its own root is nobody.
            command.addAll(0, List.of("unshare", "-U"));
        }
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(DISCARD)
                .start();
        Path file = folder.resolve("postgres/postmaster.pid");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(file) && Files.readString(file).contains("ready"));
        return postmaster().pid();
    }

    private EmbeddedPostgres start() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(Files.createDirectories(folder.resolve("postgres")))
                .setCleanDataDirectory(false)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private ProcessHandle postmaster() throws IOException {
        long pid = Long.parseLong(Files.readAllLines(folder.resolve("postgres/postmaster.pid"))
                .get(0)
                .strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
