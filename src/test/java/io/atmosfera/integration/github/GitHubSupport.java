package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.PlatformTest;
import io.atmosfera.integration.SignedDelivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.TestPropertySource;

/**
 * Projects whose repository is at a stand-in for GitHub. All tests of it share one platform: its limits are small, and it
 * looks often for what is to be done.
 */
@TestPropertySource(
        properties = {
            "platform.sync.backoff-ms=20",
            "platform.sync.max-backoff-ms=50",
            "platform.sync.lease-duration=3s",
            "platform.github.schedule-period=200",
            "platform.github.hooks-period=300",
            "platform.github.redelivery-interval=1s",
            "platform.github.concurrent-syncs=4",
            "platform.github.commit-analysis-limit=20",
            "platform.github.workflow-runs-cap=300",
            "platform.github.missing-limit=4",
            "platform.github.analysis.files-per-sync=6",
            "platform.github.analysis.largest-file=100000",
            "platform.github.analysis.tree-requests=40"
        })
abstract class GitHubSupport extends PlatformTest {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String TOKEN = "ghp_stand-in-token-0815";

    private static final AtomicInteger KEYS = new AtomicInteger();
    private static final String SETTINGS = "settings of a test";

    @Autowired
    private ConfigurableEnvironment environment;

    private final List<Long> projects = new ArrayList<>();

    StandInGitHub github = StandInGitHub.start();

    @BeforeEach
    void repositoryIsThere() {
        github.hasRepository();
    }

    @AfterEach
    void removeWhatTheTestMade() {
        projects.forEach(id -> delete("/api/projects/" + id, ADMIN));
        github.close();
        environment.getPropertySources().remove(SETTINGS);
    }

    /** Until the test ends syncs collect these streams only. */
    void collectOnly(String streams) {
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(SETTINGS, Map.of("platform.github.streams", streams)));
    }

    long project() {
        String key = "G" + KEYS.incrementAndGet()
                + UUID.randomUUID().toString().substring(0, 4).toUpperCase(java.util.Locale.ROOT);
        Answer made = post("/api/projects", ADMIN, "{\"name\": \"GitHub\", \"key\": \"" + key + "\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        long id = made.json().path("id").asLong();
        projects.add(id);
        return id;
    }

    /** A project that is connected to the stand-in. */
    long connected() {
        long project = project();
        Answer saved = configure(project, config());
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        return project;
    }

    /** Keeps the probes in the background away, which request the repository, too. */
    void withoutProbes(long project) {
        jdbc.sql("UPDATE connection_health SET next_probe = 'infinity'"
                        + " WHERE config_id IN (SELECT id FROM integration_configs WHERE project_id = ?)")
                .param(project)
                .update();
    }

    ObjectNode config() {
        return JSON.createObjectNode()
                .put("repository", "octo/hello")
                .put("accessToken", TOKEN)
                .put("apiUrl", github.url());
    }

    Answer configure(long project, JsonNode config) {
        return post("/api/projects/" + project + "/github-config", ADMIN, config.toString());
    }

    JsonNode shown(long project) {
        return get("/api/projects/" + project + "/github-config").json();
    }

    JsonNode health(long project) {
        for (JsonNode integration : get("/api/integrations/health").json().path("integrations")) {
            if (integration.path("projectId").asLong() == project) {
                return integration;
            }
        }
        throw new AssertionError("No health of project " + project);
    }

    /** What a test of the stored connection finds, or of the one that is given. */
    JsonNode test(long project, @Nullable JsonNode config) {
        Answer answer = post(
                "/api/projects/" + project + "/github-test-connection",
                ADMIN,
                config == null ? null : config.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    /** A delivery as GitHub makes it to the project's hook; gives the event that came of it. */
    long delivered(long project, String type, byte[] body, String secret, String guid) {
        Answer answer = send(
                SignedDelivery.github(port, "/api/projects/" + project + "/github-webhook", body, secret, type, guid));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().path("eventId").asLong();
    }
}
