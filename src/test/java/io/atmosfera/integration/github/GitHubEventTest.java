package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of GitHub's events: work of their type that waits, and a repository that keeps up with its name. */
class GitHubEventTest extends GitHubSupport {

    private static final String SECRET = "It's a Secret to Everybody";

    @Autowired
    private ProducerTemplate camel;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "branch_protection_rule",
                "check_run",
                "check_suite",
                "commit_comment",
                "create",
                "delete",
                "deployment",
                "deployment_status",
                "issue_comment",
                "issues",
                "member",
                "pull_request",
                "pull_request_review",
                "pull_request_review_comment",
                "pull_request_review_thread",
                "push",
                "release",
                "repository",
                "status",
                "workflow_job",
                "workflow_run"
            })
    void anEventIsKeptAsWorkOfItsType(String type) {
        long project = hooked();

        long event = delivered(project, type, payload("octo/hello"));

        ended(event, "processed");
        Map<String, Object> work = jdbc.sql(
                        "SELECT project_id, event_type, entity, trace_id FROM github_pending_work WHERE event_id = ?")
                .param(event)
                .query()
                .singleRow();
        JsonNode shown = get("/api/webhooks/events/" + event).json();
        assertThat(work.get("project_id")).isEqualTo(project);
        assertThat(work.get("event_type")).isEqualTo(type);
        assertThat(work.get("entity")).isEqualTo(shown.path("entity").asText());
        assertThat(work.get("trace_id")).isEqualTo(shown.path("traceId").asText());
    }

    @Test
    void aReplayedEventIsNoMoreWorkThanBefore() {
        long project = hooked();
        long event = delivered(project, "push", payload("octo/hello"));
        ended(event, "processed");

        assertThat(post("/api/webhooks/events/" + event + "/replay", ADMIN, null)
                        .status())
                .isEqualTo(202);

        ended(event, "processed");
        assertThat(work(project)).isEqualTo(1);
    }

    @Test
    void eachEventHasItsOutcome() {
        long project = hooked();
        List<Map<String, Object>> events = List.of(
                event(-11, project, "push"),
                event(-12, project, "fork"),
                event(-13, 999_999_999, "push"),
                event(-14, project, "../../etc"),
                event(-15, project, "issues"),
                event(-16, project, "push"));

        Object outcomes = camel.requestBody("direct:github-events-by-type", events);

        assertThat(outcomes)
                .isEqualTo(Map.of(
                        -11L,
                        "processed",
                        -12L,
                        "ignored",
                        -13L,
                        "ignored",
                        -14L,
                        "ignored",
                        -15L,
                        "processed",
                        -16L,
                        "processed"));
        assertThat(work(project)).isEqualTo(3);
        assertThat(camel.requestBody("direct:github-events-by-type", List.of())).isEqualTo(Map.of());
    }

    @Test
    void workIsForgottenWithItsConnectionOrRepository() {
        long project = hooked();
        camel.requestBody("direct:github-events-by-type", List.of(event(-21, project, "push")));
        configure(project, config().put("webhookSecret", SECRET));
        assertThat(work(project)).isEqualTo(1);

        configure(project, config().put("repository", "octo/other"));
        assertThat(work(project)).isZero();

        camel.requestBody("direct:github-events-by-type", List.of(event(-22, project, "push")));
        delete("/api/projects/" + project + "/github-config", ADMIN);
        assertThat(work(project)).isZero();
    }

    // Names

    @Test
    void aRenamedRepositoryKeepsItsConnection() {
        long project = hooked();
        ObjectNode renamed = payload("octo/goodbye").put("action", "renamed");
        renamed.putObject("changes").putObject("repository").putObject("name").put("from", "hello");

        ended(delivered(project, "repository", renamed), "processed");

        assertThat(shown(project).path("repository").asText()).isEqualTo("octo/goodbye");
        assertThat(shown(project).path("repositoryId").asLong()).isEqualTo(1296269);
        JsonNode entry = audited(project);
        assertThat(entry.path("actor").asText()).isEqualTo("github");
        assertThat(entry.path("before").path("repository").asText()).isEqualTo("octo/hello");
        assertThat(entry.path("after").path("repository").asText()).isEqualTo("octo/goodbye");
        // Its next events bear the new name.
        ended(delivered(project, "push", payload("octo/goodbye")), "processed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "organization"})
    void aTransferredRepositoryKeepsItsConnection(String kind) {
        long project = hooked();
        ObjectNode transferred = payload("new-owner/hello").put("action", "transferred");
        transferred
                .putObject("changes")
                .putObject("owner")
                .putObject("from")
                .putObject(kind)
                .put("login", "octo");

        ended(delivered(project, "repository", transferred), "processed");

        assertThat(shown(project).path("repository").asText()).isEqualTo("new-owner/hello");
    }

    @Test
    void withoutAnIdTheFormerNameCounts() {
        long project = hooked();
        forgetId(project);

        move(project, "octo/hello", "octo/second", 99, "2026-01-01T00:00:00Z");

        assertThat(shown(project).path("repository").asText()).isEqualTo("octo/second");
        assertThat(shown(project).path("repositoryId").asLong()).isEqualTo(99);
    }

    @Test
    void anotherRepositorysNameIsNotOurs() {
        long project = hooked();
        move(project, "octo/hello", "octo/second", 99, "2026-01-01T00:00:00Z");
        assertThat(shown(project).path("repository").asText()).isEqualTo("octo/hello");

        forgetId(project);
        move(project, "octo/else", "octo/second", 99, "2026-01-01T00:00:00Z");
        assertThat(shown(project).path("repository").asText()).isEqualTo("octo/hello");
    }

    @Test
    void aLateDeliveryBringsNoOldNameBack() {
        long project = hooked();
        move(project, "octo/hello", "octo/second", 1296269, "2026-01-01T00:00:00Z");
        move(project, "octo/second", "octo/third", 1296269, "2026-01-02T00:00:00Z");
        move(project, "octo/hello", "octo/second", 1296269, "2026-01-01T00:00:00Z");
        assertThat(shown(project).path("repository").asText()).isEqualTo("octo/third");
    }

    @Test
    void eventsThatNameNothingMoveNothing() {
        long project = hooked();
        Map<String, Object> strange = new HashMap<>(event(-31, project, "repository"));
        for (String payload : List.of(
                "{\"action\": \"renamed\"}",
                "{\"action\": \"renamed\", \"repository\": {\"full_name\": \"nothing\", \"id\": 1296269}}",
                "{\"action\": \"renamed\", \"repository\": {\"full_name\": \"octo/x\"}, \"changes\": 5}",
                "{\"action\": \"transferred\", \"repository\": []}")) {
            strange.put("payload", tree(payload));
            assertThat(camel.requestBody("direct:github-events-by-type", List.of(strange)))
                    .isEqualTo(Map.of(-31L, "processed"));
        }
        assertThat(shown(project).path("repository").asText()).isEqualTo("octo/hello");
    }

    // Helpers

    /** A project whose repository sends signed deliveries, and whose id is known. */
    private long hooked() {
        long project = project();
        Answer saved = configure(project, config().put("webhookSecret", SECRET));
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        post("/api/projects/" + project + "/github-test-connection", ADMIN, null);
        assertThat(shown(project).path("repositoryId").asLong()).isEqualTo(1296269);
        return project;
    }

    private static ObjectNode payload(String repository) {
        ObjectNode payload = JSON.createObjectNode().put("action", "created").put("ref", "refs/heads/main");
        payload.putObject("repository")
                .put("id", 1296269)
                .put("full_name", repository)
                .put("updated_at", "2026-01-01T00:00:00Z");
        return payload;
    }

    private long delivered(long project, String type, JsonNode payload) {
        byte[] body = payload.toString().getBytes(StandardCharsets.UTF_8);
        return delivered(project, type, body, SECRET, UUID.randomUUID().toString());
    }

    private void ended(long event, String status) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(get("/api/webhooks/events/" + event)
                                .json()
                                .path("status")
                                .asText())
                        .isEqualTo(status));
    }

    private static Map<String, Object> event(long id, long project, String type) {
        return Map.of(
                "id",
                id,
                "projectId",
                project,
                "eventType",
                type,
                "action",
                "created",
                "entity",
                "github/repository",
                "traceId",
                "trace" + id,
                "payload",
                payload("octo/hello"));
    }

    private void move(long project, String from, String to, long repository, String at) {
        ObjectNode payload = payload(to).put("action", "renamed");
        ((ObjectNode) payload.path("repository")).put("id", repository).put("updated_at", at);
        payload.putObject("changes")
                .putObject("repository")
                .putObject("name")
                .put("from", from.substring(from.indexOf('/') + 1));
        Map<String, Object> event = new HashMap<>(event(-41, project, "repository"));
        event.put("payload", payload);
        camel.requestBody("direct:github-events-by-type", List.of(event));
    }

    private void forgetId(long project) {
        jdbc.sql("UPDATE integration_configs SET config_data = config_data - 'repositoryId' WHERE project_id = ?")
                .param(project)
                .update();
        // The probe must not learn it again meanwhile.
        jdbc.sql(
                        "UPDATE connection_health SET next_probe = 'infinity' WHERE config_id IN (SELECT id FROM integration_configs WHERE project_id = ?)")
                .param(project)
                .update();
    }

    private JsonNode audited(long project) {
        for (JsonNode entry :
                get("/api/audit-log?action=github-config.move&limit=500").json()) {
            if (entry.path("target").asText().equals("project/" + project)) {
                return entry;
            }
        }
        throw new AssertionError("Nothing in the audit log");
    }

    private long work(long project) {
        return jdbc.sql("SELECT count(*) FROM github_pending_work WHERE project_id = ?")
                .param(project)
                .query(Long.class)
                .single();
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
