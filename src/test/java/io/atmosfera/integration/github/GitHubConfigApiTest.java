package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A project's connection to GitHub: what is stored, what never comes back, and what a test of it tells apart. */
@ExtendWith(OutputCaptureExtension.class)
class GitHubConfigApiTest extends GitHubSupport {

    private static final String OTHER_TOKEN = "ghp_other-token-0816";
    private static final String SECRET = "hook-geheimnis-eins";
    private static final String OTHER_SECRET = "hook-geheimnis-zwei";

    // Stored and shown

    @Test
    void everythingThatIsGivenIsKept() {
        long project = project();

        Answer saved = configure(
                project,
                config().put("apiUrl", github.url() + "//")
                        .put("webhookUrl", "https://integration.example.com/api/webhooks/github")
                        .put("webhookSecret", SECRET)
                        .put("analysisDepth", "deep")
                        .put("commitAnalysisLimit", 100_000));

        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        JsonNode shown = saved.json();
        assertThat(shown.path("projectId").asLong()).isEqualTo(project);
        assertThat(shown.path("repository").asText()).isEqualTo("octo/hello");
        assertThat(shown.path("apiUrl").asText()).isEqualTo(github.url());
        assertThat(shown.path("accessTokenSet").asBoolean()).isTrue();
        assertThat(shown.path("webhookSecretSet").asBoolean()).isTrue();
        assertThat(shown.path("webhookUrl").asText()).isEqualTo("https://integration.example.com/api/webhooks/github");
        assertThat(shown.path("analysisDepth").asText()).isEqualTo("deep");
        assertThat(shown.path("commitAnalysisLimit").asInt()).isEqualTo(100_000);
        assertThat(get("/api/projects/" + project + "/github-config").json().path("createdAt"))
                .isEqualTo(shown.path("createdAt"));
    }

    @Test
    void aPatchChangesWhatItNamesAndLeavesTheRest() {
        // The id is the stand-in's own: a probe in the background may learn it at any time.
        long project = project();
        configure(
                project,
                config().put("webhookSecret", SECRET)
                        .put("commitAnalysisLimit", 77)
                        .put("analysisDepth", "deep"));
        jdbc.sql(
                        """
                        UPDATE integration_configs SET config_data = config_data || '{"repositoryId": 1296269}'
                        WHERE project_id = ?""")
                .param(project)
                .update();
        String path = "/api/projects/" + project + "/github-config";

        Answer patched = patch(path, ADMIN, "{\"analysisDepth\": null, \"repositories\": [\"octo/more\"]}");
        assertThat(patched.status()).as(patched.text()).isEqualTo(200);
        assertThat(patched.json().has("repositoryId"))
                .as("other repositories, other ids")
                .isFalse();
        jdbc.sql(
                        """
                        UPDATE integration_configs SET config_data = config_data || '{"repositoryId": 1296269}'
                        WHERE project_id = ?""")
                .param(project)
                .update();
        JsonNode shown = patch(path, ADMIN, "{\"commitAnalysisLimit\": 78}").json();

        assertThat(shown.path("repository").asText()).isEqualTo("octo/hello");
        assertThat(shown.path("repositories").path(0).asText()).isEqualTo("octo/more");
        assertThat(shown.path("repositoryId").asInt()).isEqualTo(1296269);
        assertThat(shown.path("commitAnalysisLimit").asInt()).isEqualTo(78);
        assertThat(shown.has("analysisDepth")).isFalse();
        assertThat(shown.path("accessTokenSet").asBoolean()).isTrue();
        assertThat(shown.path("webhookSecretSet").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "repository   | {\"repository\": null}",
                "accessToken  | {\"accessToken\": null}",
                "accessToken  | {\"appId\": 12, \"accessToken\": \"other\"}",
                "privateKey   | {\"appId\": 12, \"accessToken\": null}",
                "repositories | {\"repositories\": [\"octo/hello\"]}"
            })
    void aPatchThatLeavesNoConnectionIsRefused(String field, String body) {
        long project = connected();

        Answer refused = patch("/api/projects/" + project + "/github-config", ADMIN, body);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().path("errors").path(0).path("field").asText()).isEqualTo(field);
    }

    @Test
    void aPatchMayGoFromATokenToAnotherAndNamesNoApp() {
        long project = connected();

        Answer patched = patch(
                "/api/projects/" + project + "/github-config",
                ADMIN,
                "{\"accessToken\": \"other\", \"appId\": null, \"installationId\": null, \"privateKey\": null}");

        assertThat(patched.status()).as(patched.text()).isEqualTo(200);
        assertThat(patched.json().has("appId")).isFalse();
    }

    @Test
    void withoutAnAddressItIsGitHubItself() {
        long project = project();
        ObjectNode config = config();
        config.remove("apiUrl");

        JsonNode shown = configure(project, config).json();

        assertThat(shown.path("apiUrl").asText()).isEqualTo("https://api.github.com");
        assertThat(shown.path("webhookSecretSet").asBoolean()).isFalse();
        assertThat(shown.has("webhookUrl")).isFalse();
        assertThat(shown.has("analysisDepth")).isFalse();
    }

    @Test
    void withoutAConnectionThereIsNothingToShowOrTest() {
        String path = "/api/projects/" + project();
        assertThat(get(path + "/github-config").status()).isEqualTo(404);
        assertThat(delete(path + "/github-config", ADMIN).status()).isEqualTo(404);
        assertThat(post(path + "/github-test-connection", ADMIN, null).status()).isEqualTo(404);
        assertThat(configure(999_999_999, config()).status()).isEqualTo(404);
    }

    @Test
    void jiraAndGitHubGoSideBySide() {
        long project = connected();
        String path = "/api/projects/" + project;
        Answer jira = post(
                path + "/jira-config",
                ADMIN,
                "{\"jiraUrl\": \"" + github.url()
                        + "\", \"apiKey\": \"k\", \"projectKey\": \"DEMO\", \"autoSync\": false}");
        assertThat(jira.status()).as(jira.text()).isEqualTo(200);

        assertThat(delete(path + "/github-config", ADMIN).status()).isEqualTo(204);

        assertThat(get(path + "/github-config").status()).isEqualTo(404);
        assertThat(get(path + "/jira-config").status()).isEqualTo(200);
        assertThat(secrets(project)).isEqualTo(1);
    }

    @Test
    void rolesDecideWhoSeesAndWhoChanges() {
        String path = "/api/projects/" + connected();
        String viewer = tokenOf("VIEWER");
        String member = tokenOf("MEMBER");
        String manager = tokenOf("MANAGER");

        assertThat(get(path + "/github-config", NOBODY).status()).isEqualTo(401);
        assertThat(get(path + "/github-config", viewer).status()).isEqualTo(200);
        assertThat(post(path + "/github-config", member, config().toString()).status())
                .isEqualTo(403);
        assertThat(post(path + "/github-test-connection", member, null).status())
                .isEqualTo(403);
        assertThat(delete(path + "/github-config", member).status()).isEqualTo(403);
        assertThat(post(path + "/github-config", manager, config().toString()).status())
                .isEqualTo(200);
        assertThat(delete(path + "/github-config", manager).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "repository | -",
                "repository | \"\"",
                "repository | \"hello\"",
                "repository | \"octo/\"",
                "repository | \"/hello\"",
                "repository | \"octo/hello/world\"",
                "repository | \"https://github.com/octo/hello\"",
                "repository | \"octo/..\"",
                "repository | \"octo/he?llo\"",
                "repository | \"../hello\"",
                "repository | \"octo/hello world\"",
                "repositories | \"octo/other\"",
                "repositories | [\"octo/Hello\"]",
                "repositories | [\"octo/other\",\"Octo/Other\"]",
                "accessToken | -",
                "accessToken | \"\"",
                "accessToken | 5",
                "apiUrl | \"not an address\"",
                "apiUrl | \"ftp://api.github.com\"",
                "apiUrl | \"https://user:pass@api.github.com\"",
                "apiUrl | \"https://api.github.com?x=1\"",
                "apiUrl | \"https://169.254.169.254\"",
                "apiUrl | \"https://10.0.0.1/api/v3\"",
                "webhookUrl | \"no address\"",
                "webhookUrl | \"ftp://example.com/hook\"",
                "webhookUrl | \"/api/webhooks/github\"",
                "webhookSecret | \"short\"",
                "analysisDepth | \"deepest\"",
                "commitAnalysisLimit | 0",
                "commitAnalysisLimit | 100001",
                "commitAnalysisLimit | \"5\""
            })
    void aWrongValueIsA400ThatNamesTheField(String field, @Nullable String value) throws IOException {
        long project = project();
        ObjectNode config = config();
        if (value == null) {
            config.remove(field);
        } else {
            config.set(field, JSON.readTree(value));
        }

        Answer answer = configure(project, config);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("errors").path(0).path("field").asText()).isEqualTo(field);
        assertThat(answer.text()).doesNotContain(TOKEN);
        assertThat(get("/api/projects/" + project + "/github-config").status()).isEqualTo(404);
    }

    // Secrets

    @Test
    void secretsNeverComeBackAnywhere(CapturedOutput output) {
        long project = project();
        String path = "/api/projects/" + project;
        StringBuilder seen = new StringBuilder();
        ObjectNode config = config().put("webhookSecret", SECRET);

        for (Answer answer : List.of(
                configure(project, config),
                post(path + "/github-test-connection", ADMIN, null),
                configure(project, config.put("accessToken", OTHER_TOKEN).put("webhookSecret", OTHER_SECRET)),
                post(path + "/github-test-connection", ADMIN, config.toString()),
                get(path + "/github-config"),
                get("/api/integrations/health"),
                delete(path + "/github-config", ADMIN),
                get("/api/audit-log?limit=500"))) {
            seen.append(answer.text()).append(answer.headers().map());
        }

        for (String secret : List.of(TOKEN, OTHER_TOKEN, SECRET, OTHER_SECRET)) {
            assertThat(seen.toString()).doesNotContain(secret);
            assertThat(output.getAll()).doesNotContain(secret);
        }
        assertThat(get("/api/audit-log?limit=500").text()).contains("github-config.save", "github-config.delete");
        for (String table : List.of("integration_configs", "audit_log", "integration_secrets")) {
            assertThat(jdbc.sql("SELECT count(*) FROM " + table
                                    + " t WHERE t::text LIKE '%ghp_%' OR t::text LIKE '%geheimnis%'")
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void aTokenThatIsLeftOutStaysOnTheSameHostOnly() {
        long project = connected();
        ObjectNode config = config().put("repository", "octo/hello").put("analysisDepth", "shallow");
        config.remove("accessToken");

        assertThat(configure(project, config).status()).isEqualTo(200);
        assertThat(secrets(project)).isEqualTo(1);
        post("/api/projects/" + project + "/github-test-connection", ADMIN, null);
        assertThat(github.requests().get(github.requests().size() - 1).header("Authorization"))
                .isEqualTo("Bearer " + TOKEN);

        Answer elsewhere = configure(project, config.put("apiUrl", "https://api.github.com"));
        assertThat(elsewhere.status()).isEqualTo(400);
        assertThat(elsewhere.json().path("errors").path(0).path("field").asText())
                .isEqualTo("accessToken");
    }

    @Test
    void aFormerWebhookSecretStaysValidForAWhile() {
        long project = project();
        configure(project, config().put("webhookSecret", SECRET));
        configure(project, config().put("webhookSecret", OTHER_SECRET));

        assertThat(jdbc.sql(
                                """
                                SELECT count(*) FROM integration_secrets s JOIN integration_configs c ON c.id = s.config_id
                                WHERE c.project_id = ? AND s.name = 'webhookSecret'
                                  AND (s.valid_until IS NULL OR s.valid_until > now() + interval '1439 minutes')
                                """)
                        .param(project)
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    private long secrets(long project) {
        return jdbc.sql(
                        "SELECT count(*) FROM integration_secrets s JOIN integration_configs c ON c.id = s.config_id WHERE c.project_id = ?")
                .param(project)
                .query(Long.class)
                .single();
    }

    // Tests of the connection

    @Test
    void aGoodConnectionSaysWhatItFound() {
        github.on(
                "GET /repos/octo/hello",
                Reply.json(
                                "{\"id\": 5, \"full_name\": \"Octo/Hello\", \"permissions\": {\"push\": true, \"admin\": false}}")
                        .with("X-GitHub-Enterprise-Version", "3.15.2"));
        long project = connected();

        JsonNode result = test(project, null);

        assertThat(result.path("ok").asBoolean()).as(result.toString()).isTrue();
        assertThat(result.path("account").asText()).isEqualTo("octocat");
        assertThat(result.path("serverVersion").asText()).isEqualTo("3.15.2");
        assertThat(result.path("permissions").toString()).isEqualTo("[\"push\"]");
        assertThat(result.path("latencyMs").isIntegralNumber()).isTrue();
        assertThat(result.has("error")).isFalse();
        assertThat(result.has("deployment")).isFalse();
        assertThat(result.has("retryAt")).isFalse();
        StandInGitHub.Request request = github.requests().stream()
                .filter(each -> each.line().equals("GET /repos/octo/hello"))
                .findFirst()
                .orElseThrow();
        assertThat(request.header("Authorization")).isEqualTo("Bearer " + TOKEN);
        assertThat(request.header("Accept")).isEqualTo("application/vnd.github+json");
        assertThat(request.header("X-GitHub-Api-Version")).isEqualTo("2022-11-28");
        assertThat(request.header("User-Agent")).isEqualTo("ATMosFera-Integration-Platform");
        assertThat(request.headers().keySet()).doesNotContain("Platformconnection", "Platformactor", "Content-type");
        assertThat(github.lines()).contains("GET /user");
    }

    @Test
    void aTokenOfNoUserIsAsGood() {
        github.on("GET /user", Reply.status(403, "Resource not accessible by integration"));
        JsonNode result = test(connected(), null);
        assertThat(result.path("ok").asBoolean()).as(result.toString()).isTrue();
        assertThat(result.has("account")).isFalse();
    }

    @Test
    void theIdOfTheRepositoryIsLearned() {
        long project = connected();
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(shown(project).path("repositoryId").asLong()).isEqualTo(1296269));

        github.on("GET /repos/octo/hello", Reply.json("{\"id\": 7, \"full_name\": \"octo/hello\"}"));
        assertFailed(test(project, null), "Another repository", "octo/hello");

        configure(project, config());
        assertThat(test(project, null).path("ok").asBoolean()).isTrue();
        assertThat(shown(project).path("repositoryId").asLong()).isEqualTo(7);
    }

    static Stream<Arguments> refusals() {
        String soon = String.valueOf(Instant.now().plusSeconds(600).getEpochSecond());
        return Stream.of(
                Arguments.of(Reply.status(401, "Bad credentials"), "access token (401)"),
                Arguments.of(Reply.status(404, "Not Found"), "no repository octo/hello"),
                Arguments.of(
                        Reply.status(403, "Resource protected by organization SAML enforcement.")
                                .with("X-GitHub-SSO", "required; url=https://github.com/orgs/o/sso?x=1"),
                        "single sign-on"),
                Arguments.of(
                        Reply.status(403, "Resource not accessible by personal access token"),
                        "lacks a permission, or an allow-list blocks this server: Resource not accessible"),
                Arguments.of(
                        Reply.status(403, "API rate limit exceeded")
                                .with("X-RateLimit-Remaining", "0")
                                .with("X-RateLimit-Reset", soon),
                        "GitHub's rate limit is reached; calls make sense again at 20"),
                Arguments.of(
                        Reply.status(429, "Too many").with("X-RateLimit-Remaining", "0"),
                        "GitHub's rate limit is reached"),
                Arguments.of(
                        Reply.status(403, "You have exceeded a secondary rate limit"),
                        "GitHub asks to slow down (its secondary rate limit)"),
                Arguments.of(
                        Reply.status(403, "You have exceeded a secondary rate limit")
                                .with("Retry-After", "30"),
                        "GitHub asks to slow down"),
                Arguments.of(Reply.status(410, "Unsupported version"), "HTTP 410: Unsupported version"),
                Arguments.of(Reply.status(500, "oops"), "error of its own (HTTP 500)"),
                Arguments.of(
                        new Reply(502, "<html>Unicorn!</html>", Map.of("Content-Type", "text/html")),
                        "error of its own (HTTP 502)"),
                Arguments.of(
                        new Reply(200, "<html>Sign in</html>", Map.of("Content-Type", "text/html")),
                        "A web page came instead of GitHub's API"),
                Arguments.of(
                        new Reply(403, "<html>Proxy</html>", Map.of("Content-Type", "text/html")),
                        "A web page came instead of GitHub's API"),
                Arguments.of(
                        new Reply(418, "<html>Teapot</html>", Map.of("Content-Type", "text/html")),
                        "A web page came instead of GitHub's API"),
                Arguments.of(new Reply(200, "{\"id\": ", Map.of()), "no JSON"),
                Arguments.of(Reply.json("{\"hello\": 1}"), "not a repository"),
                Arguments.of(Reply.json("[]"), "not a repository"),
                Arguments.of(new Reply(200, "", Map.of()), "not a repository"),
                Arguments.of(
                        Reply.status(301, "Moved").with("Location", "https://example.com/login"),
                        "redirects elsewhere"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void aRefusalSaysWhatToDo(Reply reply, String words) {
        long project = connected();
        github.on("GET /repos/octo/hello", reply);

        JsonNode result = test(project, null);

        assertFailed(result, words);
        assertThat(shown(project).path("testStatus").asText()).isEqualTo("failed");
        assertThat(health(project).path("status").asText()).isEqualTo("DOWN");
        assertThat(health(project).path("error").asText()).contains(words);
    }

    @Test
    void aRenamedRepositoryIsNamed() {
        github.on(
                "GET /repos/octo/hello",
                Reply.status(301, "Moved Permanently").with("Location", github.url() + "/repositories/1296269"));
        github.on("GET /repositories/1296269", Reply.json("{\"id\": 1296269, \"full_name\": \"octo/goodbye\"}"));

        assertFailed(test(connected(), null), "renamed or moved", "octo/goodbye");
        assertThat(github.requests().stream()
                        .filter(request -> request.line().equals("GET /repositories/1296269"))
                        .findFirst()
                        .orElseThrow()
                        .header("Authorization"))
                .isEqualTo("Bearer " + TOKEN);
        assertThat(github.requests()).noneMatch(request -> request.header("PlatformConnection") != null);
    }

    @Test
    void aRateLimitIsNotProlongedByProbes() {
        long project = connected();
        github.on(
                "GET /repos/octo/hello",
                Reply.status(403, "API rate limit exceeded")
                        .with("X-RateLimit-Remaining", "0")
                        .with(
                                "X-RateLimit-Reset",
                                String.valueOf(Instant.now().plusSeconds(900).getEpochSecond())));

        test(project, null);

        assertThat(jdbc.sql(
                                """
                                SELECT extract(epoch FROM next_probe - now()) FROM connection_health h
                                JOIN integration_configs c ON c.id = h.config_id WHERE c.project_id = ?
                                """)
                        .param(project)
                        .query(Double.class)
                        .single())
                .isBetween(880.0, 910.0);
    }

    @Test
    void probesInTheBackgroundAskOnlyForWhatHasChanged() {
        github.on("GET /repos/octo/hello", request -> {
            Reply reply = Reply.json("{\"id\": 1296269, \"full_name\": \"octo/hello\"}");
            return "W/\"one\"".equals(request.header("If-None-Match"))
                    ? new Reply(304, "", Map.of())
                    : reply.with("ETag", "W/\"one\"");
        });
        long project = connected();

        await().atMost(Duration.ofSeconds(40)).untilAsserted(() -> {
            jdbc.sql(
                            "UPDATE connection_health SET next_probe = now() WHERE config_id IN (SELECT id FROM integration_configs WHERE project_id = ?)")
                    .param(project)
                    .update();
            assertThat(github.requests().stream()
                            .filter(request -> "W/\"one\"".equals(request.header("If-None-Match")))
                            .count())
                    .isGreaterThanOrEqualTo(2);
        });
        assertThat(health(project).path("status").asText()).isEqualTo("UP");
    }

    @Test
    void whereNothingAnswersItSaysSo() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertFailed(test(project(), config().put("apiUrl", "http://127.0.0.1:" + free)), "refused", "apiUrl");
        assertFailed(
                test(project(), config().put("apiUrl", "https://no-such-host.invalid")),
                "apiUrl",
                "cannot be resolved");
    }

    @Test
    void anUnsavedConnectionIsTestedWithoutATrace() {
        long project = connected();
        test(project, null);
        github.on("GET /repos/octo/other", Reply.status(404, "Not Found"));

        ObjectNode other = config().put("repository", "octo/other");
        assertFailed(test(project, other), "octo/other");
        other.remove("accessToken");
        assertFailed(test(project, other), "octo/other");

        assertThat(shown(project).path("testStatus").asText()).isEqualTo("ok");
        assertThat(shown(project).path("repository").asText()).isEqualTo("octo/hello");
        Answer wrong = post(
                "/api/projects/" + project + "/github-test-connection",
                ADMIN,
                config().put("apiUrl", "https://169.254.169.254").toString());
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("errors").path(0).path("field").asText()).isEqualTo("apiUrl");
    }

    @Test
    void theProbeFindsOutByItselfAndKnowsTheRateLimit() {
        long project = connected();

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(health(project).path("status").asText()).isEqualTo("UP"));

        JsonNode health = health(project);
        assertThat(health.path("type").asText()).isEqualTo("github");
        assertThat(health.path("rateLimit").path("remaining").asText()).isEqualTo("4987");
        assertThat(health.path("rateLimit").path("resetAt").asText()).isEqualTo("2026-09-21T14:13:20Z");
        assertThat(github.lines()).doesNotContain("GET /user");
    }

    private static void assertFailed(JsonNode result, String... words) {
        assertThat(result.path("ok").asBoolean(true)).as(result.toString()).isFalse();
        assertThat(result.path("error").asText()).contains(words).doesNotContain("Exception", TOKEN);
    }
}
