package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.atmosfera.integration.Answer;
import io.atmosfera.sandbox.jira.Fault;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A project's connection to Jira: what is stored, what never comes back, and what a test of it tells apart. */
@ExtendWith(OutputCaptureExtension.class)
class JiraConfigApiTest extends JiraMappingSupport {

    private static final String KEY_ONE = "secret-key-eins-0815";
    private static final String KEY_TWO = "secret-key-zwei-0816";
    private static final String HOOK_ONE = "webhook-geheimnis-eins";
    private static final String HOOK_TWO = "webhook-geheimnis-zwei";

    // Stored and shown

    @Test
    void aStoredConfigurationIsShownWithItsDefaults() {
        SimulatedJira jira = cloud();
        long project = project();
        ObjectNode config = config(jira);
        config.remove("autoSync");

        Answer saved = configure(project, config);

        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        JsonNode shown = saved.json();
        assertThat(shown.path("projectId").asLong()).isEqualTo(project);
        assertThat(shown.path("jiraUrl").asText()).isEqualTo(jira.baseUri().toString());
        assertThat(shown.path("email").asText()).isEqualTo(EMAIL);
        assertThat(shown.path("apiKeySet").asBoolean()).isTrue();
        assertThat(shown.path("webhookSecretSet").isBoolean()).isTrue();
        assertThat(shown.path("webhookSecretSet").asBoolean()).isFalse();
        assertThat(shown.path("projectKey").asText()).isEqualTo("DEMO");
        assertThat(shown.path("deployment").asText()).isEqualTo("auto");
        assertThat(shown.path("fieldMappings").isObject()).isTrue();
        assertThat(shown.path("syncIntervalMinutes").asInt()).isEqualTo(15);
        assertThat(shown.path("autoSync").asBoolean()).isTrue();
        assertThat(Instant.parse(shown.path("createdAt").asText())).isBeforeOrEqualTo(Instant.now());
        Answer got = get("/api/projects/" + project + "/jira-config");
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.json().path("jiraUrl")).isEqualTo(shown.path("jiraUrl"));
    }

    @Test
    void everythingThatIsGivenIsKept() {
        SimulatedJira jira = cloud();
        long project = project();
        ObjectNode config = config(jira, mappings("priority", ".fields.x"))
                .put("jiraUrl", jira.baseUri() + "///")
                .put("jql", "project = DEMO AND type = Bug ORDER BY rank")
                .put("deployment", "cloud")
                .put("webhookSecret", HOOK_ONE)
                .put("syncIntervalMinutes", 7)
                .put("autoSync", false);

        JsonNode shown = configure(project, config).json();

        assertThat(shown.path("jiraUrl").asText()).isEqualTo(jira.baseUri().toString());
        assertThat(shown.path("jql").asText()).isEqualTo("project = DEMO AND type = Bug ORDER BY rank");
        assertThat(shown.path("deployment").asText()).isEqualTo("cloud");
        assertThat(shown.path("webhookSecretSet").asBoolean()).isTrue();
        assertThat(shown.path("syncIntervalMinutes").asInt()).isEqualTo(7);
        assertThat(shown.path("autoSync").asBoolean()).isFalse();
        assertThat(shown.path("fieldMappings")).isEqualTo(object("priority", ".fields.x"));
        assertThat(shown.has("unknownField")).isFalse();
    }

    @Test
    void anotherPostReplacesTheConfiguration() {
        SimulatedJira jira = cloud();
        long project = project(jira);
        configure(project, config(jira).put("jql", "project = DEMO AND key > 5"));
        String created = shown(project).path("createdAt").asText();

        JsonNode replaced =
                configure(project, config(jira).put("projectKey", "OTHER")).json();

        assertThat(replaced.path("projectKey").asText()).isEqualTo("OTHER");
        assertThat(replaced.has("jql")).isFalse();
        assertThat(replaced.path("createdAt").asText()).isEqualTo(created);
    }

    @Test
    void withoutAConfigurationThereIsNothingToShowTestOrSync() {
        long project = project();
        String path = "/api/projects/" + project;
        assertThat(get(path + "/jira-config").status()).isEqualTo(404);
        assertThat(delete(path + "/jira-config", ADMIN).status()).isEqualTo(404);
        assertThat(post(path + "/jira-test-connection", ADMIN, null).status()).isEqualTo(404);
        assertThat(post(path + "/jira-sync", ADMIN, "{\"syncType\": \"full\"}").status())
                .isEqualTo(404);
        assertThat(configure(999_999_999, config(cloud())).status()).isEqualTo(404);
        assertThat(get("/api/projects/999999999/jira-config").status()).isEqualTo(404);
    }

    @Test
    void deletingRemovesTheSecretsAndKeepsTheTickets() {
        SimulatedJira jira = started(SimulatedJira.Options.cloud().initialIssues(3));
        long project = project(jira);
        sync(project);

        assertThat(delete("/api/projects/" + project + "/jira-config", ADMIN).status())
                .isEqualTo(204);

        assertThat(get("/api/projects/" + project + "/jira-config").status()).isEqualTo(404);
        assertThat(keys(project, "")).hasSize(3);
        assertThat(secrets(project, "apiKey")).isZero();
        configure(project, config(jira));
        assertThat(sync(project).path("ticketsUnchanged").asInt()).isEqualTo(3);
    }

    @Test
    void rolesDecideWhoSeesAndWhoChanges() {
        SimulatedJira jira = cloud();
        long project = project(jira);
        String path = "/api/projects/" + project + "/jira-config";
        String viewer = tokenOf("VIEWER");
        String member = tokenOf("MEMBER");
        String manager = tokenOf("MANAGER");

        assertThat(get(path, viewer).status()).isEqualTo(200);
        assertThat(post(path, member, config(jira).toString()).status()).isEqualTo(403);
        assertThat(delete(path, member).status()).isEqualTo(403);
        assertThat(post("/api/projects/" + project + "/jira-test-connection", member, null)
                        .status())
                .isEqualTo(403);
        assertThat(post(path, manager, config(jira).toString()).status()).isEqualTo(200);
        assertThat(post("/api/projects/" + project + "/jira-test-connection", manager, null)
                        .status())
                .isEqualTo(200);
        assertThat(get(path, NOBODY).status()).isEqualTo(401);
    }

    // Refused

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "jiraUrl | -",
                "jiraUrl | \"\"",
                "jiraUrl | 5",
                "jiraUrl | \"not an address\"",
                "jiraUrl | \"example.atlassian.net\"",
                "jiraUrl | \"ftp://example.atlassian.net\"",
                "jiraUrl | \"file:///etc/passwd\"",
                "jiraUrl | \"https://\"",
                "jiraUrl | \"https:///path\"",
                "jiraUrl | \"https://user:pass@example.atlassian.net\"",
                "jiraUrl | \"https://example.atlassian.net?x=1\"",
                "jiraUrl | \"https://example.atlassian.net/#x\"",
                "jiraUrl | \"https://10.0.0.1\"",
                "jiraUrl | \"https://192.168.1.1/jira\"",
                "jiraUrl | \"https://172.16.0.1\"",
                "jiraUrl | \"https://169.254.169.254\"",
                "jiraUrl | \"http://169.254.169.254/latest/meta-data\"",
                "jiraUrl | \"https://[::1]\"",
                "jiraUrl | \"https://[fd00::1]\"",
                "jiraUrl | \"https://[::ffff:10.0.0.1]\"",
                "jiraUrl | \"https://0.0.0.0\"",
                "jiraUrl | \"https://2130706433\"",
                "jiraUrl | \"https://0x7f.1\"",
                "jiraUrl | \"https://010.0.0.1\"",
                "jiraUrl | \"https://100.64.0.1\"",
                "projectKey | -",
                "projectKey | \"\"",
                "projectKey | \"DEMO AND 1=1\"",
                "projectKey | \"DE-MO\"",
                "projectKey | \"1DEMO\"",
                "projectKey | \"DEMO\\\" OR project = X\"",
                "apiKey | -",
                "apiKey | \"\"",
                "apiKey | 5",
                "email | \"\"",
                "email | 5",
                "deployment | \"server\"",
                "deployment | \"\"",
                "webhookSecret | \"short\"",
                "webhookSecret | 12345678",
                "syncIntervalMinutes | 0",
                "syncIntervalMinutes | 10081",
                "syncIntervalMinutes | \"5\"",
                "syncIntervalMinutes | 1.5",
                "autoSync | \"yes\"",
                "jql | 5"
            })
    void aWrongValueIsA400ThatNamesTheField(String field, @Nullable String value) {
        long project = project();
        ObjectNode config = config(cloud());
        if (value == null) {
            config.remove(field);
        } else {
            config.set(field, tree(value));
        }

        Answer answer = configure(project, config);

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("errors").path(0).path("field").asText()).isEqualTo(field);
        assertThat(answer.json().path("errors").path(0).path("message").asText())
                .isNotBlank();
        assertThat(answer.text()).doesNotContain(API_KEY);
        assertThat(get("/api/projects/" + project + "/jira-config").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "\"x\"", "{\"jiraUrl\": }", "<xml/>"})
    void aBodyThatIsNoObjectIsA400(String body) {
        assertThat(post("/api/projects/" + project() + "/jira-config", ADMIN, body)
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aLineBreakInACredentialNeverReachesAHeader() {
        SimulatedJira jira = cloud();
        long project = project();
        for (ObjectNode config : List.of(
                config(jira).put("apiKey", "key\r\nX-Evil: 1"), config(jira).put("email", "a@b\r\nX-Evil: 1"))) {
            Answer saved = configure(project, config);
            if (saved.status() == 200) {
                Answer tested = post("/api/projects/" + project + "/jira-test-connection", ADMIN, null);
                assertThat(tested.status()).as(tested.text()).isEqualTo(200);
                assertThat(tested.json().path("ok").asBoolean()).isFalse();
            } else {
                assertThat(saved.status()).isEqualTo(400);
            }
            assertThat(jira.requests()).noneMatch(request -> request.header("X-Evil") != null);
        }
    }

    // Secrets

    @Test
    void secretsNeverComeBackAnywhere(CapturedOutput output) {
        SimulatedJira jira = cloud();
        jira.acceptCredentials(EMAIL, KEY_ONE);
        long project = project();
        String path = "/api/projects/" + project;
        StringBuilder seen = new StringBuilder();
        ObjectNode config = config(jira).put("apiKey", KEY_ONE).put("webhookSecret", HOOK_ONE);
        Consumer<Answer> see =
                answer -> seen.append(answer.text()).append(answer.headers().map());

        see.accept(configure(project, config));
        see.accept(get(path + "/jira-config"));
        see.accept(post(path + "/jira-test-connection", ADMIN, null));
        see.accept(post(
                path + "/jira-test-connection",
                ADMIN,
                config.put("apiKey", KEY_TWO).toString()));
        see.accept(configure(project, config.put("apiKey", KEY_TWO).put("webhookSecret", HOOK_TWO)));
        see.accept(post(path + "/jira-config/preview", ADMIN, "{\"fieldMappings\": {}}"));
        see.accept(configure(project, config.put("syncIntervalMinutes", 0)));
        seen.append(sync(project));
        see.accept(get("/api/integrations/health"));
        see.accept(get("/api/audit-log?limit=500"));
        see.accept(delete(path + "/jira-config", ADMIN));
        see.accept(get("/api/audit-log?limit=500"));

        String basic =
                java.util.Base64.getEncoder().encodeToString((EMAIL + ":" + KEY_ONE).getBytes(StandardCharsets.UTF_8));
        for (String secret : new String[] {KEY_ONE, KEY_TWO, HOOK_ONE, HOOK_TWO, basic}) {
            assertThat(seen.toString()).doesNotContain(secret);
            assertThat(output.getAll()).doesNotContain(secret);
        }
        assertThat(get("/api/audit-log?limit=500").text()).contains("project/" + project);
        for (String table : new String[] {"integration_configs", "audit_log", "integration_secrets", "sync_logs"}) {
            assertThat(jdbc.sql("SELECT count(*) FROM " + table
                                    + " t WHERE t::text LIKE '%secret-key%' OR t::text LIKE '%geheimnis%'")
                            .query(Long.class)
                            .single())
                    .as(table)
                    .isZero();
        }
    }

    @Test
    void changesAreInTheAuditLogWithBeforeAndAfter() {
        SimulatedJira jira = cloud();
        long project = project(jira);
        configure(project, config(jira).put("projectKey", "NEXT"));
        delete("/api/projects/" + project + "/jira-config", ADMIN);

        List<JsonNode> entries = new java.util.ArrayList<>();
        get("/api/audit-log?limit=500").json().forEach(entry -> {
            if (entry.path("target").asText().equals("project/" + project)
                    && entry.path("action").asText().startsWith("jira-config")) {
                entries.add(entry);
            }
        });
        assertThat(entries).hasSize(3);
        assertThat(entries.get(0).path("action").asText()).isEqualTo("jira-config.delete");
        JsonNode changed = entries.get(1);
        assertThat(changed.path("before").path("projectKey").asText()).isEqualTo("DEMO");
        assertThat(changed.path("after").path("projectKey").asText()).isEqualTo("NEXT");
        assertThat(changed.path("after").path("apiKey").asText()).isEqualTo("changed");
        assertThat(changed.path("actor").asText()).isNotBlank();
        assertThat(changed.path("address").asText()).isNotBlank();
    }

    @Test
    void aPatchChangesWhatItNamesAndLeavesTheRest() {
        SimulatedJira jira = cloud();
        long project = project();
        ObjectNode config = config(
                        jira, mappings("customFields.team", ".fields.team", "customFields.old", ".fields.old"))
                .put("jql", "project = DEMO AND type = Bug")
                .put("webhookSecret", HOOK_ONE)
                .put("syncIntervalMinutes", 7)
                .put("remoteLinks", "write");
        configure(project, config);

        Answer patched = send(request(
                        "PATCH",
                        "/api/projects/" + project + "/jira-config",
                        ADMIN,
                        """
                        {"jql": null, "fieldMappings": {"customFields.old": null, "customFields.new": ".fields.new"}}""")
                .setHeader("Content-Type", "application/merge-patch+json"));

        assertThat(patched.status()).as(patched.text()).isEqualTo(200);
        JsonNode shown = patched.json();
        assertThat(shown.has("jql")).isFalse();
        assertThat(shown.path("fieldMappings"))
                .isEqualTo(object("customFields.team", ".fields.team", "customFields.new", ".fields.new"));
        assertThat(shown.path("remoteLinks").asText()).isEqualTo("write");
        assertThat(shown.path("syncIntervalMinutes").asInt()).isEqualTo(7);
        assertThat(shown.path("autoSync").asBoolean())
                .isEqualTo(config.path("autoSync").asBoolean());
        assertThat(shown.path("apiKeySet").asBoolean()).isTrue();
        assertThat(shown.path("webhookSecretSet").asBoolean()).isTrue();
        assertThat(sync(project).path("status").asText()).isEqualTo("completed");
        JsonNode again = configure(project, config(jira)).json();
        assertThat(again.path("remoteLinks").asText())
                .as("a POST replaces the whole")
                .isEqualTo("read");
    }

    @Test
    void aPatchRemovesTheWebhookSecretWithNull() {
        SimulatedJira jira = cloud();
        long project = project();
        configure(project, config(jira).put("webhookSecret", HOOK_ONE));
        configure(project, config(jira).put("webhookSecret", HOOK_TWO));

        Answer patched = patch("/api/projects/" + project + "/jira-config", ADMIN, "{\"webhookSecret\": null}");

        assertThat(patched.json().path("webhookSecretSet").asBoolean(true)).isFalse();
        assertThat(secrets(project, "webhookSecret")).isZero();
        assertThat(secrets(project, "apiKey")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jiraUrl                  | {\"jiraUrl\": null}",
                "projectKey               | {\"projectKey\": null}",
                "apiKey                   | {\"apiKey\": null}",
                "apiKey                   | {\"jiraUrl\": \"https://other.example.com\"}",
                "fieldMappings.nonsense   | {\"fieldMappings\": {\"nonsense\": \".x\"}}",
                "syncIntervalMinutes      | {\"syncIntervalMinutes\": 0}",
                "deployment               | {\"deployment\": \"moon\"}",
                "body                     | []"
            })
    void aPatchThatLeavesNoConnectionIsRefused(String field, String body) {
        long project = project(cloud());
        JsonNode before = shown(project);

        Answer refused = patch("/api/projects/" + project + "/jira-config", ADMIN, body);

        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.json().path("errors").path(0).path("field").asText()).isEqualTo(field);
        assertThat(shown(project)).isEqualTo(before);
    }

    @Test
    void onlyAStoredConnectionCanBePatchedAndOnlyByAManager() {
        long project = project();
        String path = "/api/projects/" + project + "/jira-config";

        assertThat(patch(path, ADMIN, "{}").status()).isEqualTo(404);
        assertThat(patch("/api/projects/999999999/jira-config", ADMIN, "{}").status())
                .isEqualTo(404);
        assertThat(patch(path, tokenOf("MEMBER"), "{}").status()).isEqualTo(403);
    }

    @Test
    void aKeyThatIsLeftOutStaysTheStoredOne() {
        SimulatedJira jira = cloud();
        long project = project(jira);
        ObjectNode config = config(jira).put("projectKey", "DEMO").put("syncIntervalMinutes", 30);
        config.remove("apiKey");

        Answer saved = configure(project, config);

        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        assertThat(saved.json().path("apiKeySet").asBoolean()).isTrue();
        assertThat(sync(project).path("status").asText()).isEqualTo("completed");
    }

    @Test
    void aKeyIsNeverSentToAnotherHostThanItWasGivenFor() {
        SimulatedJira jira = cloud();
        SimulatedJira other = cloud();
        long project = project(jira);
        ObjectNode config = config(other);
        config.remove("apiKey");

        Answer saved = configure(project, config);
        Answer tested = post("/api/projects/" + project + "/jira-test-connection", ADMIN, config.toString());

        assertThat(saved.status()).isEqualTo(400);
        assertThat(saved.json().path("errors").path(0).path("field").asText()).isEqualTo("apiKey");
        assertThat(tested.status()).isEqualTo(400);
        assertThat(tested.json().path("errors").path(0).path("field").asText()).isEqualTo("apiKey");
        assertThat(other.requests()).isEmpty();
        assertThat(shown(project).path("jiraUrl").asText())
                .isEqualTo(jira.baseUri().toString());

        ObjectNode samePath = config(jira).put("jiraUrl", jira.baseUri() + "/jira");
        samePath.remove("apiKey");
        assertThat(configure(project, samePath).status()).isEqualTo(200);
    }

    @Test
    void aNewWebhookSecretLeavesTheFormerOneValidForAWhile() {
        SimulatedJira jira = cloud();
        long project = project();
        configure(project, config(jira).put("webhookSecret", HOOK_ONE));
        assertThat(secrets(project, "webhookSecret")).isEqualTo(1);

        configure(project, config(jira).put("webhookSecret", HOOK_TWO));
        configure(project, config(jira));

        assertThat(secrets(project, "webhookSecret")).isEqualTo(2);
        Map<String, Object> row = jdbc.sql(
                        """
                        SELECT count(*) FILTER (WHERE valid_until IS NULL) AS current,
                               min(extract(epoch FROM valid_until - now())) AS seconds
                        FROM integration_secrets s JOIN integration_configs c ON c.id = s.config_id
                        WHERE c.project_id = ? AND s.name = 'webhookSecret'
                        """)
                .param(project)
                .query()
                .singleRow();
        assertThat(((Number) row.get("current")).intValue()).isEqualTo(1);
        assertThat(((Number) row.get("seconds")).doubleValue()).isBetween(1430 * 60.0, 1441 * 60.0);
        assertThat(shown(project).path("webhookSecretSet").asBoolean()).isTrue();
        assertThat(secrets(project, "apiKey")).isEqualTo(1);
    }

    @Test
    void afterARotationOfKeysASyncStillWorks() {
        SimulatedJira jira = started(SimulatedJira.Options.cloud().initialIssues(3));
        long project = project(jira);
        Answer rotated = post("/api/admin/encryption-keys/rotate", ADMIN, null);
        Assumptions.assumeTrue(rotated.status() == 202, "the rotation of keys is not there yet: " + rotated.status());
        await().atMost(Duration.ofSeconds(30))
                .until(() -> get("/api/admin/encryption-keys")
                                .json()
                                .path("remainingSecrets")
                                .asInt(-1)
                        == 0);

        assertThat(sync(project).path("ticketsCreated").asInt()).isEqualTo(3);
    }

    // Tests of a connection

    @Test
    void aGoodCloudConnectionIsOk() {
        SimulatedJira jira = cloud();
        JsonNode result = test(project(jira), null);

        assertThat(result.path("ok").asBoolean()).as(result.toString()).isTrue();
        assertThat(result.path("deployment").asText()).isEqualTo("cloud");
        assertThat(result.path("serverVersion").asText()).isEqualTo("1001.0.0-SNAPSHOT");
        assertThat(result.path("account").asText()).isNotBlank();
        assertThat(result.path("latencyMs").isIntegralNumber()).isTrue();
        assertThat(result.path("latencyMs").asLong()).isBetween(0L, 30_000L);
        assertThat(result.has("error")).isFalse();
    }

    @Test
    void aGoodDataCenterConnectionIsOkByTokenAndByPassword() {
        SimulatedJira jira = started(SimulatedJira.Options.dataCenter());
        ObjectNode token = config(jira);
        token.remove("email");
        long project = project();
        configure(project, token);

        JsonNode result = test(project, null);
        assertThat(result.path("ok").asBoolean()).as(result.toString()).isTrue();
        assertThat(result.path("deployment").asText()).isEqualTo("datacenter");
        assertThat(result.path("serverVersion").asText()).isEqualTo("9.12.15");
        assertThat(jira.requests()).anyMatch(request -> ("Bearer " + API_KEY).equals(request.header("Authorization")));

        jira.clearRequests();
        JsonNode basic = test(project, config(jira));
        assertThat(basic.path("ok").asBoolean()).as(basic.toString()).isTrue();
        assertThat(jira.requests()).anyMatch(request -> String.valueOf(request.header("Authorization"))
                .startsWith("Basic "));
    }

    @Test
    void aRefusedCredentialSaysSo() {
        SimulatedJira jira = cloud();
        JsonNode wrong = test(project(jira), config(jira).put("apiKey", "wrong-key-wrong"));
        assertFailed(wrong, "refuses the credential");
        assertThat(wrong.toString()).doesNotContain("wrong-key-wrong");
    }

    @Test
    void aCaptchaSaysSo() {
        SimulatedJira jira = cloud();
        long project = project(jira);
        jira.fail(Fault.captcha().untilCleared());
        assertFailed(test(project, null), "captcha");
    }

    @Test
    void aLoginPageSaysSo() {
        SimulatedJira jira = cloud();
        long project = project(jira);
        jira.fail(Fault.loginPage().untilCleared());
        assertFailed(test(project, null), "login page");
        jira.clearFaults();
        jira.fail(Fault.loginPage().onPath("/rest/api/2/myself"));
        assertFailed(test(project, null), "login page");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void noPermissionForTheProjectSaysSo(int status) {
        SimulatedJira jira = cloud();
        long project = project(jira);
        jira.fail(Fault.answering(status, "application/json", "{\"errorMessages\": [\"No project could be found\"]}")
                .onPath("/rest/api/2/project/DEMO"));
        assertFailed(test(project, null), "permission", "DEMO");
        assertFailed(test(project, config(jira).put("projectKey", "NONE")), "permission", "NONE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "404 | text/html | <html><body>Not found</body></html> | not Jira",
                "404 | application/json | {} | not Jira",
                "200 | application/json | {\"hello\": \"world\"} | not Jira",
                "200 | application/json | [] | not Jira",
                "200 | application/json | 5 | not Jira",
                "200 | text/plain | hello | not Jira",
                "200 | text/html | <html>Welcome</html> | web page",
                "403 | text/html | <html>Forbidden</html> | 403",
                "301 | text/html | moved | redirects",
                "500 | text/html | <html>Oops</html> | HTTP 500"
            })
    void anAddressThatIsNotJirasSaysSo(int status, String type, String body, String expected) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            if (status == 301) {
                exchange.getResponseHeaders().set("Location", "https://example.com/login");
            }
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            ObjectNode config = config(cloud())
                    .put("jiraUrl", "http://127.0.0.1:" + server.getAddress().getPort());
            assertFailed(test(project(), config), expected);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anUnknownHostAndARefusedConnectionSaySo() throws IOException {
        ObjectNode config = config(cloud());
        assertFailed(test(project(), config.put("jiraUrl", "https://no-such-host.invalid")), "cannot be resolved");
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertFailed(test(project(), config.put("jiraUrl", "http://127.0.0.1:" + free)), "refused");
    }

    @Test
    void aServerThatSpeaksNoTlsSaysSo() {
        SimulatedJira jira = cloud();
        ObjectNode config =
                config(jira).put("jiraUrl", jira.baseUri().toString().replace("http:", "https:"));
        assertFailed(test(project(), config), "HTTPS");
    }

    @Test
    void anUnsavedConfigurationIsTestedWithoutBeingStored() {
        SimulatedJira jira = cloud();
        SimulatedJira dataCenter = started(SimulatedJira.Options.dataCenter());
        long project = project(jira);

        JsonNode result = test(project, config(dataCenter));

        assertThat(result.path("deployment").asText()).isEqualTo("datacenter");
        assertThat(shown(project).path("jiraUrl").asText())
                .isEqualTo(jira.baseUri().toString());
        assertThat(shown(project).has("testStatus")).isFalse();
        Answer wrong = post(
                "/api/projects/" + project + "/jira-test-connection",
                ADMIN,
                config(jira).put("jiraUrl", "https://169.254.169.254").toString());
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("errors").path(0).path("field").asText()).isEqualTo("jiraUrl");
    }

    @Test
    void aTestOfTheStoredConnectionIsNoted() {
        SimulatedJira jira = cloud();
        long project = project(jira);

        test(project, null);
        assertThat(shown(project).path("testStatus").asText()).isEqualTo("ok");
        assertThat(shown(project).has("lastTested")).isTrue();

        jira.fail(Fault.unauthorized().untilCleared());
        test(project, null);
        assertThat(shown(project).path("testStatus").asText()).isEqualTo("failed");
        JsonNode health = health(project);
        assertThat(health.path("status").asText()).isEqualTo("DOWN");
        assertThat(health.path("error").asText()).contains("credential");
    }

    @Test
    void theStoredKeyTestsAChangedConfigurationOfTheSameHost() {
        SimulatedJira jira = cloud();
        long project = project(jira);
        ObjectNode config = config(jira).put("projectKey", "NONE");
        config.remove("apiKey");

        assertFailed(test(project, config), "NONE");
        config.put("projectKey", "DEMO");
        assertThat(test(project, config).path("ok").asBoolean()).isTrue();
    }

    @Test
    void anAuthorityInTheWrongSchemeIsRefused() {
        SimulatedJira jira = cloud();
        ObjectNode bearer = config(jira);
        bearer.remove("email");
        assertFailed(test(project(), bearer), "credential");
    }

    // Health

    @Test
    void healthHasItsShape() {
        SimulatedJira jira = started(SimulatedJira.Options.cloud().initialIssues(2));
        long project = project(jira);
        test(project, null);
        sync(project);

        Answer answer = get("/api/integrations/health", tokenOf("VIEWER"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isIn("UP", "DEGRADED", "DOWN");
        assertThat(answer.json().path("database").isObject()).isTrue();
        assertThat(answer.json().path("queue").isObject()).isTrue();
        JsonNode connection = health(project);
        assertThat(connection.path("type").asText()).isEqualTo("jira");
        assertThat(connection.path("status").asText()).isEqualTo("UP");
        assertThat(Instant.parse(connection.path("lastTested").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(Instant.parse(connection.path("lastSuccess").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(connection.path("latencyMs").isIntegralNumber()).isTrue();
        assertThat(connection.path("uptimePercent").asDouble()).isEqualTo(100.0);
        assertThat(connection.path("dataAgeSeconds").asLong()).isBetween(0L, 60L);
        assertThat(connection.path("circuit").asText()).isEqualTo("CLOSED");
        assertThat(connection.has("rateLimit")).isTrue();
        assertThat(connection.has("error")).isFalse();
        assertThat(connection.has("configId")).isFalse();
    }

    @Test
    void theProbeFindsOutByItself() {
        SimulatedJira jira = cloud();
        long project = project(jira);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(health(project).path("status").asText()).isEqualTo("UP"));
    }

    // Helpers

    private JsonNode test(long project, @Nullable JsonNode config) {
        Answer answer = post(
                "/api/projects/" + project + "/jira-test-connection", ADMIN, config == null ? null : config.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static void assertFailed(JsonNode result, String... words) {
        assertThat(result.path("ok").isBoolean()).isTrue();
        assertThat(result.path("ok").asBoolean()).as(result.toString()).isFalse();
        assertThat(result.path("error").asText()).contains(words).doesNotContain("Exception", API_KEY);
        assertThat(result.path("latencyMs").isIntegralNumber()).isTrue();
    }

    private JsonNode shown(long project) {
        return get("/api/projects/" + project + "/jira-config").json();
    }

    private JsonNode health(long project) {
        for (JsonNode integration : get("/api/integrations/health").json().path("integrations")) {
            if (integration.path("projectId").asLong() == project) {
                return integration;
            }
        }
        throw new AssertionError("No health of project " + project);
    }

    private long secrets(long project, String name) {
        return jdbc.sql(
                        """
                        SELECT count(*) FROM integration_secrets s JOIN integration_configs c ON c.id = s.config_id
                        WHERE c.project_id = ? AND s.name = ?
                        """)
                .params(project, name)
                .query(Long.class)
                .single();
    }
}
