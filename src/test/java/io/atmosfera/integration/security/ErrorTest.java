package io.atmosfera.integration.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.PlatformTest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever goes wrong, the answer is a problem and tells nothing about the inside. */
class ErrorTest extends PlatformTest {

    private static final String TELLTALE =
            "(?s).*(Exception|org\\.|java\\.|jakarta\\.|io\\.atmosfera|\\tat |[Jj]etty|SELECT).*";

    private static void isProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.headers().allValues("Content-Type")).hasSize(1);
        assertThat(answer.headers().map()).doesNotContainKeys("server", "x-powered-by");
        JsonNode problem = answer.json();
        assertThat(problem.path("type").asText()).isEqualTo("about:blank");
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).isNotEmpty();
        assertThat(answer.text()).doesNotMatch(TELLTALE);
    }

    @Test
    void errorsOfTheApiAreProblems() {
        isProblem(get("/api/projects", NOBODY), 401);
        isProblem(get("/api/admin/users", tokenOf("VIEWER")), 403);
        isProblem(get("/api/nothing"), 404);
        isProblem(get("/api/projects/999999999"), 404);
        isProblem(put("/api/projects", ADMIN, "{}"), 405);
        isProblem(post("/api/projects", ADMIN, "{}"), 400);
        isProblem(post("/api/projects", ADMIN, "{"), 400);
        isProblem(post("/api/projects", ADMIN, ""), 400);
        isProblem(get("/actuator/nothing"), 404);
        isProblem(delete("/actuator/prometheus", ADMIN), 405);
    }

    @Test
    void aBodyThatIsNotJsonIs415() {
        Answer form = send(request("POST", "/api/projects", ADMIN, "name=x")
                .setHeader("Content-Type", "application/x-www-form-urlencoded"));
        isProblem(form, 415);
        Answer text = send(request("POST", "/api/projects", ADMIN, "{}").setHeader("Content-Type", "text/plain"));
        isProblem(text, 415);
        Answer nonsense = send(request("POST", "/api/projects", ADMIN, "{}").setHeader("Content-Type", "nonsense"));
        isProblem(nonsense, 415);
    }

    @Test
    void whatIsSentIsNotSentBack() {
        Answer answer = send(request("GET", "/api/projects", ADMIN, null)
                .header("X-Hub-Signature", "sha256=secret")
                .header("Cookie", "session=secret"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().map())
                .doesNotContainKeys(
                        "authorization", "x-hub-signature", "cookie", "platformactor", "platformrole", "user-agent");
        assertThat(answer.headers().map().toString()).doesNotContain("secret").doesNotContain(ADMIN);
    }

    @TestFactory
    Stream<DynamicTest> evenWhatCannotBeParsedGetsAProblem() {
        return Stream.of(
                        "GARBAGE\r\n\r\n",
                        "GET /api/projects HTTP/9.9\r\nHost: localhost\r\n\r\n",
                        "GET /api/%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                        "GET /api/projects HTTP/1.1\r\nConnection: close\r\n\r\n",
                        "GET /api/projects HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n",
                        "GET /api/pro\0jects HTTP/1.1\r\nHost: localhost\r\n\r\n",
                        "GET /api%2Fprojects HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                        "GET /api;x/projects HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                        "POST /api/projects HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
                        "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "x".repeat(20_000) + "\r\n\r\n",
                        "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                .map(request -> DynamicTest.dynamicTest(
                        request.substring(0, Math.min(60, request.length())).replaceAll("\\s", " "), () -> {
                            RawHttp answer = RawHttp.send(port, request);
                            assertThat(answer.status()).as(answer.text()).isBetween(400, 505);
                            assertThat(answer.text()).contains("application/problem+json");
                            assertThat(answer.body()).contains("\"status\":" + answer.status());
                            assertThat(answer.text()).doesNotMatch(TELLTALE).doesNotContainIgnoringCase("\nserver:");
                        }));
    }

    @TestFactory
    Stream<DynamicTest> anAnswerThatEndsTheConnectionSaysSo() {
        return Stream.of(
                        "GET /api/projects/1/jira-tickets/a%00b HTTP/1.1\r\nHost: localhost\r\n\r\n",
                        "GET /api/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n",
                        "POST /api/projects HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ADMIN
                                + "\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 6\r\n\r\nname=x",
                        "POST /api/projects HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + ADMIN
                                + "\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nname=x",
                        "POST /api/projects HTTP/1.1\r\nHost: localhost\r\nContent-Length: 6\r\n\r\nname=x")
                .map(request ->
                        DynamicTest.dynamicTest(request.lines().findFirst().orElse(""), () -> {
                            RawHttp answers = RawHttp.send(
                                    port,
                                    request + "GET /api/last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
                            String first = answers.text().split("\\r\\n\\r\\n", 2)[0];
                            assertThat(first).startsWith("HTTP/1.1 4");
                            if (answers.text().split("HTTP/1\\.1 ").length < 3) {
                                assertThat(first).containsIgnoringCase("connection: close");
                            }
                        }));
    }

    @Test
    void valuesThatOnlyTheDatabaseMindsAreInvalid() {
        for (String query : List.of(
                "from=2024-13-45T00:00:00Z", "to=x", "actor=a&actor=b", "from=294277-01-01T00:00:00Z", "actor=%00")) {
            Answer answer = get("/api/audit-log?" + query);
            assertThat(answer.status()).as(query + ": " + answer.text()).isIn(200, 400);
        }
    }
}
