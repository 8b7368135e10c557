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
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Projects whose repository is at a stand-in for GitHub. */
abstract class GitHubSupport extends PlatformTest {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String TOKEN = "ghp_stand-in-token-0815";

    private static final AtomicInteger KEYS = new AtomicInteger();

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
