package io.atmosfera.integration.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.SignedDelivery;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/**
 * Every recorded webhook goes in when it is signed, is kept byte for byte, and is applied or ignored without a failure;
 * none goes in otherwise. The recordings are beside the repository and not part of it.
 */
@TestPropertySource(properties = {"platform.webhooks.coalesce=200ms", "platform.webhooks.retry-policy.max-attempts=1"})
class WebhookFixturesTest extends WebhookSupport {

    private static final Path FIXTURES = Path.of("../shared/fixtures");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Set<String> DONE = Set.of("processed", "ignored");

    private final String secret = "secret-" + UUID.randomUUID();
    private final String stranger = "secret-" + UUID.randomUUID();

    /** A recorded webhook: what is sent, and what its sender calls the event. */
    private record Recorded(String name, String event, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Makes deliveries of one kind to one address. */
    private interface Sender {
        HttpRequest.Builder signed(byte[] body, String secret, String id);

        default Answer send(byte[] body, String secret, String id) {
            return WebhookFixturesTest.send(signed(body, secret, id));
        }
    }

    private static List<Recorded> recorded(String folder) throws IOException {
        Path path = FIXTURES.resolve(folder);
        assumeTrue(Files.isDirectory(path), "The recorded webhooks are not here: " + path.toAbsolutePath());
        List<Recorded> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(path)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
                String name = file.getFileName().toString();
                byte[] body = Files.readAllBytes(file);
                JsonNode whole = JSON.readTree(body);
                if (whole.path("payload").isObject()) {
                    // Probot's recordings have the event beside the body.
                    body = JSON.writeValueAsBytes(whole.get("payload"));
                    all.add(new Recorded(name, whole.path("name").asText(), body));
                } else {
                    all.add(new Recorded(name, name.substring(0, name.indexOf('.')), body));
                }
            }
        }
        assertThat(all).hasSizeGreaterThan(15);
        // A few are the same to the byte, which makes them the same delivery.
        Set<String> bodies = new HashSet<>();
        all.removeIf(one -> !bodies.add(one.text()));
        return all;
    }

    private Sender githubOf(long project, String event) {
        String path = "/api/projects/" + project + "/github-webhook";
        return (body, key, id) -> SignedDelivery.github(port, path, body, key, event, id);
    }

    @Test
    void everyRecordedEventOfGitHubIsTakenInAndAppliedOrIgnored() throws IOException {
        List<Recorded> all = new ArrayList<>(recorded("github"));
        all.addAll(recorded("github-for-jira"));
        long project = githubProject("Codertocat/Hello-World", secret);

        Map<Long, String> stored = new LinkedHashMap<>();
        for (Recorded one : all) {
            Sender sender = githubOf(project, one.event());
            if (one.event().equals("ping")) {
                assertThat(sender.send(one.body(), secret, "ping").status()).isEqualTo(200);
            } else {
                stored.put(takenIn(one, sender), one.name());
            }
        }

        awaitAllDone(stored);
        assertThat(statuses(stored.keySet()).values()).contains("processed", "ignored");
    }

    @Test
    void everyRecordedEventOfASiteThatIsNotOursIsIgnored() throws IOException {
        try (SimulatedJira jira = SimulatedJira.start(SimulatedJira.Options.cloud())) {
            long project = jiraProject(jira.baseUri().toString(), "TES", secret);
            Map<Long, String> stored = new LinkedHashMap<>();
            for (Recorded one : recorded("jira-webhooks")) {
                long id = takenIn(one, jiraOf(project));
                assertThat(statuses(Set.of(id))).as(one.name()).containsValue("ignored");
                stored.put(id, one.name());
            }
            awaitAllDone(stored);
        }
    }

    @Test
    void everyRecordedEventOfOurSiteIsTakenInAndApplied() throws IOException {
        try (SimulatedJira jira = SimulatedJira.start(SimulatedJira.Options.cloud())) {
            jira.acceptCredentials("a@example.com", "key");
            Map<String, Long> projects = new LinkedHashMap<>();
            Map<Long, String> stored = new LinkedHashMap<>();
            for (Recorded one : recorded("jira-webhooks")) {
                projects.computeIfAbsent(
                        keyOf(one), key -> jiraProject(jira.baseUri().toString(), key, secret));
            }
            // A door that just looked whose secret it is does not look again for a quarter of a second.
            await().pollDelay(Duration.ofMillis(400)).until(() -> true);
            for (Recorded one : recorded("jira-webhooks")) {
                long project = projects.get(keyOf(one));
                String text = one.text()
                        .replaceAll(
                                "https?://[^/\"]*(?::8082|azure\\.com:8080|\\.atlassian\\.net)(?=/rest/api)",
                                jira.baseUri().toString());
                Recorded ours = new Recorded(one.name(), "", text.getBytes(StandardCharsets.UTF_8));
                stored.put(takenIn(ours, jiraOf(project)), one.name());
            }
            awaitAllDone(stored);
            Map<Long, String> statuses = statuses(stored.keySet());
            assertThat(statuses.values().stream().filter("processed"::equals).count())
                    .as(statuses.toString())
                    .isGreaterThan(30);
        }
    }

    /** The key of the project that an event is about; some do not say. */
    private static String keyOf(Recorded one) throws IOException {
        return JSON.readTree(one.body())
                .path("issue")
                .path("key")
                .asText("TES-1")
                .replaceFirst("-.*", "");
    }

    private Sender jiraOf(long project) {
        String path = "/api/projects/" + project + "/jira-webhook";
        return (body, key, id) -> SignedDelivery.jira(port, path, body, key, id);
    }

    /** Is refused in every wrong form, then goes in once, whatever id it comes under the next time. Gives the event's id. */
    private long takenIn(Recorded one, Sender sender) {
        String id = UUID.randomUUID().toString();
        byte[] tampered = one.body().clone();
        tampered[tampered.length / 2] ^= 1;
        assertThat(sender.send(one.body(), stranger, id).status())
                .as(one.name())
                .isEqualTo(401);
        assertThat(send(sender.signed(one.body(), secret, id).POST(BodyPublishers.ofByteArray(tampered)))
                        .status())
                .as(one.name())
                .isEqualTo(401);
        assertThat(send(raw(sender.signed(one.body(), secret, id).build().uri().getPath(), one.body()))
                        .status())
                .as(one.name())
                .isEqualTo(401);

        Answer answer = sender.send(one.body(), secret, id);

        assertThat(answer.status()).as(one.name() + ": " + answer.text()).isEqualTo(202);
        assertThat(answer.json().path("status").asText()).as(one.name()).isIn("accepted", "ignored");
        long stored = answer.json().path("eventId").asLong();
        assertThat(bytesOf(stored)).as(one.name()).isEqualTo(one.body());
        Answer again = sender.send(one.body(), secret, UUID.randomUUID().toString());
        assertThat(again.json().path("status").asText()).as(one.name()).isEqualTo("duplicate");
        assertThat(again.json().path("eventId").asLong()).as(one.name()).isEqualTo(stored);
        return stored;
    }

    private byte[] bytesOf(long id) {
        try {
            return HTTP.send(
                            request("GET", "/api/webhooks/events/" + id + "/raw", ADMIN, null)
                                    .build(),
                            BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Map<Long, String> statuses(Set<Long> ids) {
        Map<Long, String> statuses = new LinkedHashMap<>();
        jdbc.sql("SELECT id, status FROM webhook_events WHERE id IN (:ids) ORDER BY id")
                .param("ids", ids)
                .query(row -> {
                    statuses.put(row.getLong("id"), row.getString("status"));
                });
        return statuses;
    }

    private void awaitAllDone(Map<Long, String> stored) {
        await().atMost(LIMIT).untilAsserted(() -> {
            Map<Long, String> statuses = statuses(stored.keySet());
            Set<String> open = new TreeSet<>();
            statuses.forEach((id, status) -> {
                if (!DONE.contains(status)) {
                    open.add(stored.get(id) + " is " + status);
                }
            });
            assertThat(statuses).hasSameSizeAs(stored);
            assertThat(open).isEmpty();
        });
    }
}
