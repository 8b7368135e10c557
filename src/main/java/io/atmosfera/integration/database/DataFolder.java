package io.atmosfera.integration.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of an embedded PostgreSQL, which belongs to one platform at a time. A platform that was killed leaves its
 * PostgreSQL running; the next one stops it and takes over. One that still runs keeps its folder.
 */
final class DataFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PROGRAM = "postgres";

    private final Path database;
    private final FileChannel file;

    private DataFolder(Path database, FileChannel file) {
        this.database = database;
        this.file = file;
    }

    /**
     * Takes the folder until it is closed or the process ends.
     *
     * @param dataDir what {@code platform.data-dir} names; the database is in its folder {@code postgres}
     * @throws DataFolderInUseException where another platform or PostgreSQL works in it
     */
    static DataFolder take(Path dataDir) throws IOException {
        Path database =
                Files.createDirectories(dataDir.toAbsolutePath().normalize().resolve("postgres"));
        FileChannel file = FileChannel.open(
                dataDir.resolve("platform.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        if (lock(file) == null) {
            String pid = Files.readString(dataDir.resolve("platform.lock")).strip();
            file.close();
            throw new DataFolderInUseException(dataDir, "another platform (process " + pid + ")");
        }
        file.truncate(0);
        file.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"), 0);
        DataFolder folder = new DataFolder(database, file);
        try {
            folder.stopLeftover();
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
        return folder;
    }

    Path database() {
        return database;
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    /** Stops the PostgreSQL that a killed platform left in this very folder. */
    private void stopLeftover() throws IOException {
        Optional<ProcessHandle> running = postmaster();
        if (running.isEmpty()) {
            return;
        }
        ProcessHandle leftover = running.get();
        if (!isOurs(leftover)) {
            throw new DataFolderInUseException(database, "a PostgreSQL (process " + leftover.pid() + ")");
        }
        LOG.warn("Stops the PostgreSQL (process {}) that a killed platform left in {}", leftover.pid(), database);
        if (!stop(leftover)) {
            throw new DataFolderInUseException(database, "a PostgreSQL (process " + leftover.pid() + ")");
        }
    }

    /** Whether it has ended; asked politely first. */
    private static boolean stop(ProcessHandle postgres) {
        postgres.destroy();
        if (ended(postgres)) {
            return true;
        }
        postgres.destroyForcibly();
        return ended(postgres);
    }

    /** The process that PostgreSQL's own file in the folder names, if there is a PostgreSQL of that number. */
    private Optional<ProcessHandle> postmaster() throws IOException {
        try {
            List<String> lines = Files.readAllLines(database.resolve("postmaster.pid"));
            String pid = lines.isEmpty() ? "" : lines.get(0).strip();
            // After a restart of the machine the number may be another program's.
            return pid.matches("\\d{1,10}")
                    ? ProcessHandle.of(Long.parseLong(pid)).filter(DataFolder::isPostgres)
                    : Optional.empty();
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> String.valueOf(Path.of(command).getFileName()).startsWith(PROGRAM))
                .orElse(false);
    }

    private boolean isOurs(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains(database.toString());
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Gives the folder back; a PostgreSQL whose start failed half-way, or that would not end, runs no longer. */
    @Override
    public void close() {
        try (file) {
            postmaster().filter(this::isOurs).ifPresent(DataFolder::stop);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
