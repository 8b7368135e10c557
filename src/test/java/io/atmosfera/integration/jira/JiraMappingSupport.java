package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.PlatformTest;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.springframework.beans.factory.annotation.Autowired;

/** What tests of mapping, tickets and connections share: projects with a simulated Jira each, and the mapping itself. */
abstract class JiraMappingSupport extends PlatformTest {

    static final ObjectMapper JSON = new ObjectMapper();
    static final String EMAIL = "demo@example.com";
    static final String API_KEY = "sandbox-api-key-4711";

    /** The fields that a simulated Jira has. */
    private static final JiraFields FIELDS = JiraFields.of(SimulatedJira.fieldList(), false);

    private static final Path FIXTURES = Path.of("..", "shared", "fixtures");
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Autowired
    ProducerTemplate camel;

    @Autowired
    TicketRows ticketRows;

    private final List<Long> projects = new ArrayList<>();
    private final List<SimulatedJira> jiras = new ArrayList<>();

    @AfterEach
    void removeWhatTheTestMade() {
        projects.forEach(id -> delete("/api/projects/" + id, ADMIN));
        jiras.forEach(SimulatedJira::close);
    }

    // Jira and projects

    SimulatedJira cloud() {
        return started(SimulatedJira.Options.cloud());
    }

    SimulatedJira started(SimulatedJira.Options options) {
        SimulatedJira jira = SimulatedJira.start(options.credentials(EMAIL, API_KEY));
        jiras.add(jira);
        return jira;
    }

    static String newKey() {
        return "M" + Long.toString(System.nanoTime() % 1_000_000, 36).toUpperCase(java.util.Locale.ROOT)
                + COUNT.incrementAndGet() % 1000;
    }

    long project() {
        String key = newKey();
        Answer made = post(
                "/api/projects",
                ADMIN,
                object("name", "Project " + key, "key", key).toString());
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        long id = made.json().path("id").asLong();
        projects.add(id);
        return id;
    }

    /** A project whose connection leads to that Jira; it is synced only when a test says so. */
    long project(SimulatedJira jira) {
        long id = project();
        Answer saved = configure(id, config(jira));
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        return id;
    }

    static ObjectNode config(SimulatedJira jira) {
        return object("jiraUrl", jira.baseUri().toString(), "email", EMAIL, "apiKey", API_KEY, "projectKey", "DEMO")
                .put("autoSync", false);
    }

    static ObjectNode config(SimulatedJira jira, Map<String, String> fieldMappings) {
        ObjectNode config = config(jira);
        config.set("fieldMappings", JSON.valueToTree(fieldMappings));
        return config;
    }

    Answer configure(long project, JsonNode config) {
        return post("/api/projects/" + project + "/jira-config", ADMIN, config.toString());
    }

    // Syncs

    /** Runs a full sync to its end and gives its log. */
    JsonNode sync(long project) {
        return sync(project, "full");
    }

    JsonNode sync(long project, String type) {
        Answer started = post("/api/projects/" + project + "/jira-sync", ADMIN, "{\"syncType\": \"" + type + "\"}");
        assertThat(started.status()).as(started.text()).isEqualTo(202);
        return ended(project, started.json().path("syncId").asLong());
    }

    JsonNode ended(long project, long syncId) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> get("/api/projects/" + project + "/jira-sync-logs/" + syncId)
                                .json(),
                        log -> !log.path("status").asText().equals("running"));
    }

    /** Waits for the replay after a changed mapping and gives its log. */
    JsonNode replayed(long project, int number) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(
                        () -> get("/api/projects/" + project + "/jira-sync-logs?syncType=replay")
                                .json(),
                        logs -> logs.size() == number
                                && !logs.path(0).path("status").asText().equals("running"))
                .path(0);
    }

    // Tickets

    JsonNode ticket(long project, String key) {
        Answer found = get("/api/projects/" + project + "/jira-tickets/" + key);
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        return found.json();
    }

    Answer tickets(long project, String query) {
        return get("/api/projects/" + project + "/jira-tickets?" + query);
    }

    List<String> keys(long project, String query) {
        Answer found = tickets(project, query);
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        return texts(found.json(), "jiraKey");
    }

    JsonNode errors(long project) {
        return get("/api/projects/" + project + "/jira-ticket-errors").json();
    }

    // The mapping by itself

    /**
     * As much of a run as the mapping asks for. No record: Camel's simple language takes an accessor beside a getter for
     * an overloaded method or not, as the JVM happens to order them, and then finds nothing.
     */
    public static final class Mappings {

        private final JsonNode fieldMappings;

        Mappings(JsonNode fieldMappings) {
            this.fieldMappings = fieldMappings;
        }

        public JsonNode getFieldMappings() {
            return fieldMappings;
        }

        public JiraFields getFields() {
            return FIELDS;
        }
    }

    /** The rows that the mapping makes of issues, with a project's own expressions. */
    ArrayNode map(List<? extends JsonNode> issues, Map<String, String> fieldMappings) {
        ArrayNode page = JSON.createArrayNode();
        issues.forEach(page::add);
        Object rows = camel.request("direct:jira-ticket-mapping", exchange -> {
                    exchange.setVariable("run", new Mappings(JSON.valueToTree(fieldMappings)));
                    exchange.getMessage().setBody(page);
                })
                .getMessage()
                .getBody();
        assertThat(rows).isInstanceOf(ArrayNode.class);
        return (ArrayNode) rows;
    }

    JsonNode row(JsonNode issue) {
        return map(List.of(issue), Map.of()).get(0);
    }

    private TicketBatch batch(JsonNode issue) {
        byte[] bytes = issue.toString().getBytes(StandardCharsets.UTF_8);
        return ticketRows.batch(map(List.of(issue), Map.of()), IssuePage.of(List.of(bytes), IssuePage.TOLD, JSON));
    }

    String hash(JsonNode issue) {
        assertThat(setAside(issue)).as(issue.toString()).isEmpty();
        return batch(issue).hashes()[0];
    }

    @Nullable
    Long created(JsonNode issue) {
        return batch(issue).created()[0];
    }

    @Nullable
    Long updated(JsonNode issue) {
        return batch(issue).updated()[0];
    }

    /** The payloads of what cannot be stored. */
    List<String> setAside(JsonNode issue) {
        return batch(issue).aside().stream().map(TicketBatch.Aside::payload).toList();
    }

    // Issues and JSON

    /** An issue of the simplest kind, to be put into a simulated Jira as it is. */
    static ObjectNode issue(long id, String key, String summary) {
        ObjectNode issue = JSON.createObjectNode().put("id", String.valueOf(id)).put("key", key);
        ObjectNode fields = issue.putObject("fields");
        fields.put("summary", summary);
        fields.putObject("status").put("name", "To Do");
        fields.putObject("issuetype").put("name", "Task");
        fields.putObject("project").put("key", key.replaceFirst("-\\d+$", ""));
        fields.put("created", "2026-01-02T03:04:05.678+0000");
        fields.put("updated", "2026-01-02T03:04:05.678+0000");
        return issue;
    }

    static ObjectNode fields(ObjectNode issue) {
        return (ObjectNode) issue.path("fields");
    }

    static ObjectNode object(String... namesAndValues) {
        ObjectNode object = JSON.createObjectNode();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    static Map<String, String> mappings(String... targetsAndExpressions) {
        Map<String, String> mappings = new LinkedHashMap<>();
        for (int i = 0; i < targetsAndExpressions.length; i += 2) {
            mappings.put(targetsAndExpressions[i], targetsAndExpressions[i + 1]);
        }
        return mappings;
    }

    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(item -> item.path(field).asText())
                .toList();
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError(json, e);
        }
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
        } catch (java.io.IOException e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    static @Nullable String textOrNull(JsonNode node) {
        return node.isNull() || node.isMissingNode() ? null : node.asText();
    }
}
