package io.atmosfera.integration.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.atmosfera.integration.Answer;
import io.atmosfera.integration.PlatformTest;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectApiTest extends PlatformTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    @Test
    void aProjectIsCreatedShownListedAndDeleted() {
        String key = newKey();
        Answer made = create("{\"name\": \"Ein Projekt 🚀\", \"key\": \"" + key + "\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        long id = made.json().path("id").asLong();
        assertThat(made.json().path("name").asText()).isEqualTo("Ein Projekt 🚀");
        assertThat(made.json().path("key").asText()).isEqualTo(key);
        assertThat(Instant.parse(made.json().path("createdAt").asText())).isBeforeOrEqualTo(Instant.now());

        assertThat(get("/api/projects/" + id).json()).isEqualTo(made.json());
        assertThat(get("/api/projects?limit=500&sort=-createdAt").text()).contains("\"" + key + "\"");
        assertThat(delete("/api/projects/" + id, ADMIN).status()).isEqualTo(204);
        assertThat(get("/api/projects/" + id).status()).isEqualTo(404);
        assertThat(delete("/api/projects/" + id, ADMIN).status()).isEqualTo(404);
    }

    @Test
    void aKeyBelongsToOneProjectOnly() {
        String body = "{\"name\": \"One\", \"key\": \"" + newKey() + "\"}";
        assertThat(create(body).status()).isEqualTo(201);
        Answer again = create(body);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.header("Content-Type")).startsWith("application/problem+json");
        assertThat(again.json().path("status").asInt()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\": \"x\", \"key\": \"a\"} | key",
                "{\"name\": \"x\", \"key\": \"lower\"} | key",
                "{\"name\": \"x\", \"key\": \"A\"} | key",
                "{\"name\": \"x\", \"key\": \"1A\"} | key",
                "{\"name\": \"x\", \"key\": \"ABCDEFGHIJK\"} | key",
                "{\"name\": \"x\", \"key\": \"A_B\"} | key",
                "{\"name\": \"x\", \"key\": \"AB\\n\"} | key",
                "{\"name\": \"x\", \"key\": \"\"} | key",
                "{\"name\": \"x\", \"key\": null} | key",
                "{\"name\": \"x\", \"key\": 5} | key",
                "{\"name\": \"x\"} | key",
                "{\"key\": \"NAMELESS\"} | name",
                "{\"name\": \"\", \"key\": \"NAMELESS\"} | name",
                "{\"name\": null, \"key\": \"NAMELESS\"} | name",
                "{\"name\": 5, \"key\": \"NAMELESS\"} | name"
            })
    void aWrongFieldIsA400ThatNamesIt(String body, String field) {
        Answer answer = create(body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("errors").path(0).path("field").asText()).isEqualTo(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "5", "null", "{\"name\": \"a\\u0000b\", \"key\": \"NUL\"}"})
    void aBodyThatIsNoProjectIsA400(String body) {
        assertThat(create(body).status()).isEqualTo(400);
    }

    @Test
    void aNameWithHalfASurrogatePairIsNoServerError() {
        Answer answer = create("{\"name\": \"half \\ud83d\", \"key\": \"" + newKey() + "\"}");
        assertThat(answer.status()).as(answer.text()).isIn(201, 400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "abc", "99999999999999999999", "1.5", "%27"})
    void anIdThatIsNoneIsNoServerError(String id) {
        assertThat(get("/api/projects/" + id).status()).isIn(400, 404);
        assertThat(delete("/api/projects/" + id, ADMIN).status()).isIn(400, 404);
    }

    @Test
    void theListIsSortedAndPaged() {
        for (int i = 0; i < 3; i++) {
            create("{\"name\": \"same name\", \"key\": \"" + newKey() + "\"}");
        }
        Answer page = get("/api/projects?limit=2&sort=name");
        assertThat(page.json()).hasSize(2);
        assertThat(page.header("Link")).contains("rel=\"next\"");
        assertThat(Integer.parseInt(page.header("X-Total-Count"))).isGreaterThanOrEqualTo(3);
        for (String wrong : List.of("limit=0", "limit=501", "limit=x", "sort=id", "cursor=x")) {
            assertThat(get("/api/projects?" + wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    @Test
    void onlyAnAdministratorMakesAndDeletesProjects() {
        String manager = tokenOf("MANAGER");
        assertThat(post("/api/projects", manager, "{}").status()).isEqualTo(403);
        assertThat(delete("/api/projects/999999999", manager).status()).isEqualTo(403);
        assertThat(get("/api/projects", tokenOf("VIEWER")).status()).isEqualTo(200);
        assertThat(get("/api/projects", NOBODY).status()).isEqualTo(401);
    }

    @Test
    void allThatBelongsToAProjectGoesWithIt() {
        long id = create("{\"name\": \"x\", \"key\": \"" + newKey() + "\"}")
                .json()
                .path("id")
                .asLong();
        Answer saved = post(
                "/api/projects/" + id + "/jira-config",
                ADMIN,
                """
                {"jiraUrl": "http://127.0.0.1:9", "apiKey": "k", "webhookSecret": "long enough", "projectKey": "X",
                 "autoSync": false}""");
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        long ticket = jdbc.sql(
                        """
                        INSERT INTO jira_tickets (project_id, jira_id, jira_key, summary, status, content_hash)
                        VALUES (?, 1, 'X-1', 's', 'Open', 'h') RETURNING id
                        """)
                .param(id)
                .query(Long.class)
                .single();
        jdbc.sql("INSERT INTO jira_ticket_keys (ticket_id, project_id, jira_key) VALUES (?, ?, 'Y-1')")
                .params(ticket, id)
                .update();
        jdbc.sql("INSERT INTO jira_ticket_payloads (ticket_id, length, payload) VALUES (?, 0, '')")
                .param(ticket)
                .update();
        jdbc.sql("INSERT INTO jira_ticket_errors (project_id, jira_id, reason, payload) VALUES (?, '2', 'r', '{}')")
                .param(id)
                .update();
        jdbc.sql("INSERT INTO jira_sync_logs (project_id, sync_type, status) VALUES (?, 'full', 'completed')")
                .param(id)
                .update();
        jdbc.sql("INSERT INTO test_cases (project_id, title) VALUES (?, 't')")
                .param(id)
                .update();

        assertThat(delete("/api/projects/" + id, ADMIN).status()).isEqualTo(204);

        for (String table : jdbc.sql(
                        "SELECT table_name FROM information_schema.columns WHERE column_name = 'project_id'"
                                + " AND table_schema = 'public'")
                .query(String.class)
                .list()) {
            assertThat(jdbc.sql("SELECT count(*) FROM " + table + " WHERE project_id = ?")
                            .param(id)
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
        assertThat(jdbc.sql("SELECT count(*) FROM jira_ticket_payloads WHERE ticket_id = ?")
                        .param(ticket)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(get("/api/audit-log?action=project.delete&limit=1").text()).contains("project/" + id);
    }

    private Answer create(String body) {
        return post("/api/projects", ADMIN, body);
    }

    private static String newKey() {
        return "P" + Long.toString(System.nanoTime() % 1_000_000, 36).toUpperCase(java.util.Locale.ROOT)
                + COUNT.incrementAndGet() % 1000;
    }
}
