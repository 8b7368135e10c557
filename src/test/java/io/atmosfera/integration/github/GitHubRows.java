package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.PlatformTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.springframework.beans.factory.annotation.Autowired;

/** Projects with rows of GitHub's and tickets, put in as syncs and webhooks put them in. */
abstract class GitHubRows extends PlatformTest {

    static final ObjectMapper JSON = new ObjectMapper();
    static final long REPOSITORY = 1296269;

    private static final Path FIXTURES = Path.of("..", "shared", "fixtures");

    @Autowired
    ProducerTemplate camel;

    private final List<Long> projects = new ArrayList<>();

    @AfterEach
    void removeWhatTheTestMade() {
        projects.forEach(id -> delete("/api/projects/" + id, ADMIN));
    }

    long project() {
        String key = "R" + UUID.randomUUID().toString().substring(0, 6).toUpperCase(Locale.ROOT);
        Answer made = post("/api/projects", ADMIN, "{\"name\": \"Rows\", \"key\": \"" + key + "\"}");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        long id = made.json().path("id").asLong();
        projects.add(id);
        return id;
    }

    /** What a storing statement says of a page. */
    record Counts(int processed, int created, int updated, int unchanged) {}

    Counts store(long project, String stream, String objects) {
        return store(project, REPOSITORY, stream, null, tree(objects));
    }

    Counts store(long project, String stream, @Nullable Object parent, String objects) {
        return store(project, REPOSITORY, stream, parent, tree(objects));
    }

    Counts store(long project, long repository, String stream, @Nullable Object parent, JsonNode objects) {
        Map<?, ?> row = (Map<?, ?>) sent(
                        "direct:github-store",
                        objects,
                        Map.of("projectId", project, "repositoryId", repository, "stream", stream),
                        parent == null ? Map.of() : Map.of("parent", parent))
                .getMessage()
                .getBody();
        return new Counts(
                number(row, "processed"), number(row, "created"), number(row, "updated"), number(row, "unchanged"));
    }

    Exchange sent(String endpoint, @Nullable Object body, Map<String, ?> variables, Map<String, ?> more) {
        Exchange answer = camel.request(endpoint, exchange -> {
            variables.forEach(exchange::setVariable);
            more.forEach(exchange::setVariable);
            exchange.getMessage().setBody(body);
        });
        assertThat(answer.getException()).isNull();
        return answer;
    }

    /** Runs a route that removes or notes, and gives what it answers. */
    Object run(String endpoint, long project, Map<String, ?> variables) {
        return sent(endpoint, null, Map.of("projectId", project, "repositoryId", REPOSITORY), variables)
                .getMessage()
                .getBody();
    }

    static int number(Map<?, ?> row, String column) {
        return ((Number) row.get(column)).intValue();
    }

    // Tickets

    long ticket(long project, long jiraId, String key) {
        return jdbc.sql(
                        """
                        INSERT INTO jira_tickets (project_id, jira_id, jira_key, summary, status, content_hash)
                        VALUES (?, ?, ?, 'A ticket', 'To Do', 'x') RETURNING id""")
                .params(project, jiraId, key)
                .query(Long.class)
                .single();
    }

    void formerKey(long project, long ticket, String key) {
        jdbc.sql("INSERT INTO jira_ticket_keys (ticket_id, project_id, jira_key) VALUES (?, ?, ?)")
                .params(ticket, project, key)
                .update();
    }

    // Reading

    JsonNode list(long project, String what) {
        Answer found = get("/api/projects/" + project + "/" + what);
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        return found.json();
    }

    Map<String, Object> row(String sql, Object... parameters) {
        return jdbc.sql(sql).params(parameters).query().singleRow();
    }

    long count(String sql, Object... parameters) {
        return jdbc.sql("SELECT count(*) FROM " + sql)
                .params(parameters)
                .query(Long.class)
                .single();
    }

    // Objects of GitHub's

    static String pull(long number, String title, String updatedAt) {
        return pull(number, title, updatedAt, "main-work", "");
    }

    static String pull(long number, String title, String updatedAt, String branch, String more) {
        ObjectNode pull = JSON.createObjectNode()
                .put("id", 1000 + number)
                .put("number", number)
                .put("state", "open")
                .put("title", title)
                .put("created_at", "2026-01-01T00:00:00Z")
                .put("updated_at", updatedAt)
                .put("html_url", "https://github.com/octo/hello/pull/" + number);
        pull.putObject("user").put("login", "octocat");
        pull.putObject("head").put("ref", branch).put("sha", "aaaa" + number);
        pull.putObject("base").put("ref", "main").put("sha", "bbbb");
        if (!more.isEmpty()) {
            pull.setAll((ObjectNode) tree(more));
        }
        return pull.toString();
    }

    static String commit(String sha, String message, String date) {
        ObjectNode commit = JSON.createObjectNode().put("sha", sha).put("html_url", "https://github.com/c/" + sha);
        ObjectNode git = commit.putObject("commit").put("message", message);
        git.putObject("author")
                .put("name", "Mona")
                .put("email", "mona@example.com")
                .put("date", date);
        git.putObject("committer")
                .put("name", "GitHub")
                .put("email", "noreply@github.com")
                .put("date", date);
        commit.putNull("author");
        commit.putArray("parents");
        return commit.toString();
    }

    static String array(String... objects) {
        return "[" + String.join(",", objects) + "]";
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(item -> item.path(field).asText())
                .toList();
    }

    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    // Recorded payloads, which lie beside the project and are not part of it

    static Path fixture(String path) {
        Path file = FIXTURES.resolve(path);
        Assumptions.assumeTrue(Files.exists(file), () -> file + " is not there; it belongs to the shared folder");
        return file;
    }

    static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }
}
