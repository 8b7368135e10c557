package io.atmosfera.integration.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.atmosfera.integration.Answer;
import io.atmosfera.integration.PlatformTest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What is not written as the contract has it is refused, with words that say what would be right. */
class StrictRequestTest extends PlatformTest {

    /** What the libraries inside say, which nobody outside can make sense of. */
    private static final String INTERNALS =
            "(?s).*(REDACTED|JsonReadFeature|StreamReadFeature|ECMA 262|[Ii]nstance|Exception|[a-z]+\\.[a-z]+\\.[A-Z]).*";

    @Autowired
    private CamelContext camel;

    private static void isProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.text()).doesNotMatch(INTERNALS);
    }

    private Answer postBytes(String path, byte[] body) {
        return send(request("POST", path, ADMIN, "").POST(BodyPublishers.ofByteArray(body)));
    }

    private static String key() {
        return "S" + UUID.randomUUID().toString().substring(0, 6).toUpperCase(Locale.ROOT);
    }

    private long project() {
        return post("/api/projects", ADMIN, "{\"name\": \"Strict\", \"key\": \"" + key() + "\"}")
                .json()
                .path("id")
                .asLong();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x=%", "x=%25&y=%zz", "%ff=1", "x=%ED%A0%80"})
    void aQueryThatCannotBeDecodedIsInvalidAtEveryOperation(String query) {
        for (ContractOperations operation : ContractOperations.all()) {
            String start = operation.method() + " " + operation.path() + "?" + query
                    + " HTTP/1.1\r\nHost: localhost\r\n" + "Connection: close\r\n";
            RawHttp unknown = RawHttp.send(port, start + "\r\n");
            RawHttp known = RawHttp.send(port, start + "Authorization: Bearer " + ADMIN + "\r\n\r\n");

            assertThat(unknown.status()).as(start).isEqualTo(401);
            assertThat(known.status()).as(start + known.text()).isEqualTo(400);
            assertThat(known.text()).contains("Content-Type: application/problem+json");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/projects",
                "/actuator/jolokia",
                "/actuator/hawtio",
                "/actuator/health",
                "/actuator/prometheus",
                "/actuator",
                "/ws/updates"
            })
    void aMethodThatAnAddressDoesNotKnowIsNotAllowedThere(String path) {
        for (String method : List.of("X", "PATCH", "PROPFIND")) {
            isProblem(send(request(method, path, ADMIN, null)), 405);
        }
    }

    @Test
    void aFormIsReadForNobody() {
        HttpRequest.Builder form = request("PUT", "/api/admin/users/1", NOBODY, "a=%zz")
                .setHeader("Content-Type", "application/x-www-form-urlencoded");
        isProblem(send(form), 401);
        isProblem(send(form.header("Authorization", "Bearer " + ADMIN)), 415);
        isProblem(
                send(request("PUT", "/api/projects", ADMIN, "a=%zz")
                        .setHeader("Content-Type", "application/x-www-form-urlencoded")),
                405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data;boundary=x",
                "multipart/form-data",
                "application/json;charset=nonsense",
                "application/json; charset=utf-16",
                "application/json; charset=\"\"",
                "application/xml",
                "text/plain",
                "*/*",
                "json",
                "application/json;;;=",
                "application/x-java-serialized-object"
            })
    void aBodyOfAnotherTypeIsRefused(String type) {
        String key = key();
        isProblem(
                send(request("POST", "/api/projects", ADMIN, "{\"name\": \"Type\", \"key\": \"" + key + "\"}")
                        .setHeader("Content-Type", type)),
                415);
        assertThat(get("/api/projects?limit=500").text()).doesNotContain(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\"", "application/json"})
    void aBodyOfTheRightTypeIsTaken(String type) {
        Answer made = send(request("POST", "/api/projects", ADMIN, "{\"name\": \"Größe\", \"key\": \"" + key() + "\"}")
                .setHeader("Content-Type", type));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.header("Content-Type")).isEqualTo("application/json");
        assertThat(made.json().path("name").asText()).isEqualTo("Größe");
    }

    @Test
    void variablesOfAPathAreDecoded() {
        long id = project();
        String encoded = String.valueOf(id)
                .chars()
                .mapToObj(digit -> "%" + Integer.toHexString(digit))
                .reduce("", String::concat);
        assertThat(get("/api/projects/" + encoded).json().path("id").asLong()).isEqualTo(id);
        isProblem(get("/api/projects/%389999999"), 404);
        isProblem(get("/api/projects/%3a1"), 400);
        jdbc.sql(
                        """
                        INSERT INTO jira_tickets (project_id, jira_id, jira_key, content_hash, summary, status)
                        VALUES (?, 1, 'ABC-1', 'x', 'Encoded', 'Open')""")
                .param(id)
                .update();
        Answer ticket = get("/api/projects/" + id + "/jira-tickets/ABC%2D1");
        assertThat(ticket.status()).as(ticket.text()).isEqualTo(200);
        assertThat(ticket.json().path("summary").asText()).isEqualTo("Encoded");
    }

    @Test
    void nothingOfARequestsHeadersIsInAnAnswer() {
        String mark = "mark-" + UUID.randomUUID();
        for (ContractOperations operation : ContractOperations.all()) {
            HttpRequest.Builder request = request(operation.method(), operation.path(), ADMIN, null);
            if (!operation.isHarmless() && !operation.method().equals("GET")) {
                request = request(operation.method(), operation.path(), NOBODY, null);
            }
            for (String name : List.of(
                    "Location",
                    "Link",
                    "Retry-After",
                    "Cache-Control",
                    "Content-Disposition",
                    "X-Total-Count",
                    "Content-Encoding",
                    "Content-Type",
                    "Content-Language",
                    "Set-Cookie",
                    "ETag",
                    "Vary",
                    "Allow",
                    "X-Mark",
                    "Origin",
                    "CamelHttpResponseCode",
                    "CamelHttpResponseText",
                    "breadcrumbId",
                    "traceparent")) {
                request.setHeader(name, mark);
            }
            Answer answer = send(request);
            assertThat(answer.headers().map().toString() + answer.text())
                    .as(operation.toString())
                    .doesNotContain(mark);
        }
        Answer plain = send(request("GET", "/api/projects", ADMIN, null)
                .header("Content-Encoding", "gzip")
                .header("X-Total-Count", "4711"));
        assertThat(plain.json().isArray()).isTrue();
        assertThat(plain.header("X-Total-Count")).isNotEqualTo("4711");
        assertThat(plain.header("Content-Encoding")).isEmpty();
        isProblem(send(request("POST", "/api/projects", ADMIN, "{}").header("Content-Encoding", "gzip")), 415);
    }

    @Test
    void theActuatorEchoesNothingEither() {
        for (String path :
                List.of("/actuator/health", "/actuator/prometheus", "/actuator/jolokia", "/", "/openapi.yaml")) {
            Answer answer = send(request("GET", path, ADMIN, null)
                    .header("Origin", "http://mark.example.com")
                    .header("Location", "mark")
                    .header("X-Total-Count", "mark"));
            assertThat(answer.headers().map().toString()).as(path).doesNotContain("mark");
        }
    }

    @Test
    void aBodyIsOneDocumentInUtf8() {
        isProblem(
                postBytes(
                        "/api/projects",
                        "{\"name\": \"\u00ff\", \"key\": \"AB\"}".getBytes(StandardCharsets.ISO_8859_1)),
                400);
        isProblem(
                postBytes("/api/projects", "{\"name\": \"a\", \"key\": \"AB\"}".getBytes(StandardCharsets.UTF_16)),
                400);
        for (String body : List.of(
                "{\"name\": \"a\", \"key\": \"AB\"} {}",
                "{\"name\": \"a\", \"key\": \"AB\"}x",
                "{\"name\": \"a\", \"name\": \"b\", \"key\": \"AB\"}",
                "{\"name\": \"\\ud800\", \"key\": \"AB\"}",
                "{\"name\": \"\\udc00\\ud800\", \"key\": \"AB\"}",
                "{\"na\\ud800me\": \"a\", \"key\": \"AB\"}",
                "{\"name\": \"a\\u0000\", \"key\": \"AB\"}",
                "{\"name\": 1e999999999, \"key\": \"AB\"}",
                "{'name': 'a'}",
                "{\"name\": \"a\", \"key\": \"AB\",}",
                "{\"name\": NaN}",
                "{\"name\": \"a\tb\"}",
                "{\"a\":".repeat(2000),
                "[".repeat(5000),
                "null",
                "\"text\"",
                "[]",
                "   ")) {
            isProblem(post("/api/projects", ADMIN, body), 400);
        }
    }

    @Test
    void unknownNamesAreRefusedAndTheNearestIsNamed() {
        isProblem(get("/api/projects?limt=5"), 400);
        assertThat(get("/api/projects?limt=5")
                        .json()
                        .path("errors")
                        .path(0)
                        .path("message")
                        .asText())
                .contains("did you mean limit?");
        Answer body = post("/api/projects", ADMIN, "{\"name\": \"a\", \"key\": \"AB\", \"nmae\": \"b\"}");
        isProblem(body, 400);
        assertThat(body.json().path("errors").path(0).path("field").asText()).isEqualTo("nmae");
        assertThat(body.json().path("errors").path(0).path("message").asText()).contains("did you mean name?");
        long project = project();
        Answer free = post(
                "/api/projects/" + project + "/jira-config",
                ADMIN,
                """
                {"jiraUrl": "http://127.0.0.1:9", "apiKey": "k", "projectKey": "FREE", "autoSync": false,
                 "fieldMappings": {"customFields.any name": ".key"}, "autosync": true}""");
        isProblem(free, 400);
        assertThat(free.json().path("errors")).hasSize(1);
        assertThat(free.json().path("errors").path(0).path("message").asText()).contains("autoSync");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"name\": \" \", \"key\": \"AB\"}|name|must not be blank",
                "{\"name\": \"\", \"key\": \"AB\"}|name|must",
                "{\"key\": \"AB\"}|name|is required",
                "{\"name\": \"a\", \"key\": \"ab\"}|key|must have the form ^[A-Z][A-Z0-9]{1,9}$",
                "{\"name\": 5, \"key\": \"AB\"}|name|must be of the type string, not integer"
            })
    void whatIsWrongIsSaidInWords(String body, String field, String message) {
        Answer answer = post("/api/projects", ADMIN, body);
        isProblem(answer, 400);
        assertThat(answer.json().path("errors")).anySatisfy(error -> {
            assertThat(error.path("field").asText()).isEqualTo(field);
            assertThat(error.path("message").asText()).startsWith(message);
        });
    }

    @Test
    void namesOfPeopleAndTokensAreNotBlank() {
        for (Map.Entry<String, String> wrong : Map.of(
                        "/api/admin/users", "{\"username\": \" \\t\", \"role\": \"VIEWER\"}",
                        "/api/admin/tokens", "{\"name\": \"\\u00a0 \", \"role\": \"VIEWER\"}")
                .entrySet()) {
            Answer answer = post(wrong.getKey(), ADMIN, wrong.getValue());
            isProblem(answer, 400);
            assertThat(answer.text()).contains("must not be blank");
        }
    }

    @Test
    void anOperationThatTakesNothingTakesAnEmptyObject() {
        long project = project();
        String cancel = "/api/projects/" + project + "/jira-sync-logs/999999999/cancel";
        isProblem(post(cancel, ADMIN, "{}"), 404);
        isProblem(post(cancel, ADMIN, null), 404);
        isProblem(post(cancel, ADMIN, "{\"now\": true}"), 400);
        isProblem(post(cancel, ADMIN, "[]"), 400);
        assertThat(get("/api/projects/" + project).status()).isEqualTo(200);
    }

    @Test
    void aStoppedRouteAnswersAtOnce() throws Exception {
        camel.getRouteController().stopRoute("project-list");
        Answer stopped;
        try {
            stopped = get("/api/projects");
            isProblem(get("/api/projects", NOBODY), 401);
        } finally {
            camel.getRouteController().startRoute("project-list");
        }
        isProblem(stopped, 503);
        assertThat(Integer.parseInt(stopped.header("Retry-After"))).isPositive();

        camel.getRouteController().stopRoute("answer-page");
        Answer inside;
        try {
            inside = get("/api/projects");
        } finally {
            camel.getRouteController().startRoute("answer-page");
        }
        isProblem(inside, 503);
        assertThat(Integer.parseInt(inside.header("Retry-After"))).isPositive();
        assertThat(get("/api/projects").status()).isEqualTo(200);
    }

    @Test
    void beforeTheRoutesHaveStartedOperationsAnswerThatTheyWill() throws Exception {
        camel.getRouteController().stopRoute("integration-api");
        Answer answer;
        try {
            answer = get("/api/projects");
        } finally {
            camel.getRouteController().startRoute("integration-api");
        }
        isProblem(answer, 503);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        assertThat(get("/api/projects").status()).isEqualTo(200);
        assertThat(project()).as("made once").isPositive();
    }
}
