package io.atmosfera.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The platform as a process of its own, which can be killed and started again. */
public final class PlatformProcess implements AutoCloseable {

    private static final String TOKEN = "atm_process-token";
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path folder;
    private final String database;
    private final Map<String, String> settings;
    private final Set<Integer> statuses = new TreeSet<>();
    private final int port = freePort();
    private @Nullable Process process;

    /**
     * Makes one that does not run yet.
     *
     * @param folder   for its files
     * @param database its JDBC address
     * @param settings environment variables beside those that every test needs
     */
    public PlatformProcess(Path folder, String database, Map<String, String> settings) {
        this.folder = folder;
        this.database = database;
        this.settings = settings;
    }

    public int port() {
        return port;
    }

    /** Begins to start. */
    public PlatformProcess begin() {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath(),
                        IntegrationPlatformApplication.class.getName())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        Map<String, String> environment = builder.environment();
        environment.put("SERVER_PORT", String.valueOf(port));
        environment.put("SPRING_DATASOURCE_URL", database);
        environment.put("PLATFORM_MASTER_KEY", Base64.getEncoder().encodeToString(new byte[32]));
        environment.put("PLATFORM_ADMIN_TOKEN", TOKEN);
        environment.put("PLATFORM_OUTBOUND_ALLOWHTTP", "true");
        environment.put("PLATFORM_OUTBOUND_ALLOWEDNETWORKS", "127.0.0.0/8");
        environment.putAll(settings);
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Waits until it serves. */
    public PlatformProcess ready() {
        await().atMost(PATIENCE).until(() -> !isAlive() || isReady());
        statuses.add(status("/api/projects"));
        assertThat(isAlive()).as(() -> "It did not start: " + read()).isTrue();
        return this;
    }

    /** Ends it without a chance to do anything more. */
    public void kill() throws InterruptedException {
        Process running = process;
        if (running != null) {
            running.destroyForcibly().waitFor();
        }
    }

    /** Asks it to end, as an operator does (SIGTERM), and gives the exit code. */
    public int stop() throws InterruptedException {
        Process running = Objects.requireNonNull(process);
        running.destroy();
        return end();
    }

    /** Waits until it has ended, and gives the exit code. */
    public int end() throws InterruptedException {
        Process running = Objects.requireNonNull(process);
        assertThat(running.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(() -> "It did not end: " + read())
                .isTrue();
        return running.exitValue();
    }

    /** Asks for something and gives the answer, which has to be a good one. */
    public JsonNode request(String method, String path, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        try {
            var answer = HTTP.send(request.build(), BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path + ": " + answer.body()).isBetween(200, 299);
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What it has said so far. */
    public String read() {
        try {
            return Files.readString(log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path log() {
        return folder.resolve("platform-" + port + ".log");
    }

    private boolean isAlive() {
        Process running = process;
        return running != null && running.isAlive();
    }

    private boolean isReady() {
        try {
            statuses.add(status("/api/projects"));
            return status("/actuator/health/readiness") == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private int status(String path) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                    .header("Authorization", "Bearer " + TOKEN)
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the API has answered to a good token while the process started. */
    public Set<Integer> statusesAtItsStart() {
        return statuses;
    }

    /** The class path of this test, in absolute terms, for the process has a folder of its own. */
    private static String classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(path.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Process running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }
}
