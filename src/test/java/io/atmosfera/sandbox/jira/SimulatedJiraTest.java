package io.atmosfera.sandbox.jira;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedJiraTest {

    private SimulatedJira jira;
    private JiraClient client;

    @BeforeEach
    void start() {
        jira = SimulatedJira.start(SimulatedJira.Options.cloud()
                .projects("DEMO", "PORT")
                .initialIssues(60)
                .maxPageSize(25));
        client = JiraClient.basic(jira);
    }

    @AfterEach
    void close() {
        jira.close();
    }

    @Test
    void tellsAnybodyThatItIsCloud() throws Exception {
        JsonNode info = JiraClient.MAPPER.readTree(
                JiraClient.anonymous(jira).get("/rest/api/3/serverInfo").body());

        assertThat(info.path("deploymentType").asText()).isEqualTo("Cloud");
        assertThat(info.path("serverTime").asText())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d{4}");
    }

    @Test
    void acceptsOnlyTheRightCredentialInTheRightScheme() throws Exception {
        HttpResponse<String> me = client.get("/rest/api/3/myself");

        assertThat(me.statusCode()).isEqualTo(200);
        assertThat(me.headers().firstValue("X-AREQUESTID")).isPresent();
        assertThat(JiraClient.MAPPER.readTree(me.body()).path("accountId").asText())
                .isNotEmpty();
        assertThat(JiraClient.basic(jira, "demo@example.com", "wrong")
                        .get("/rest/api/3/myself")
                        .statusCode())
                .isEqualTo(401);
        assertThat(JiraClient.bearer(jira, "sandbox").get("/rest/api/3/myself").statusCode())
                .isEqualTo(401);
        jira.revokeCredentials();
        assertThat(client.get("/rest/api/3/myself").statusCode()).isEqualTo(401);
        jira.acceptCredentials("demo@example.com", "sandbox");
        assertThat(client.get("/rest/api/3/myself").statusCode()).isEqualTo(200);
    }

    @Test
    void hidesAWrongCredentialBehindAnEmptyResult() throws Exception {
        try (SimulatedJira open = SimulatedJira.start(
                SimulatedJira.Options.cloud().initialIssues(5).anonymousAllowed(true))) {
            HttpResponse<String> found = JiraClient.basic(open, "demo@example.com", "expired")
                    .get("/rest/api/3/search/jql?jql=project%3DDEMO&fields=*all");

            assertThat(found.statusCode()).isEqualTo(200);
            assertThat(JiraClient.MAPPER.readTree(found.body()).path("issues")).isEmpty();
            assertThat(found.headers().firstValue("X-Seraph-LoginReason")).contains("AUTHENTICATED_FAILED");
        }
    }

    @Test
    void answersTheRemovedSearchWith410() throws Exception {
        HttpResponse<String> removed = client.get("/rest/api/3/search?jql=project%3DDEMO");

        assertThat(removed.statusCode()).isEqualTo(410);
        assertThat(removed.body()).contains("CHANGE-2046");
        assertThat(client.post("/rest/api/2/search", "{}").statusCode()).isEqualTo(410);
    }

    @Test
    void walksAllIssuesByToken() throws Exception {
        List<String> ids = client.walk("project = DEMO ORDER BY created ASC", 1000);

        assertThat(ids).hasSize(60).doesNotHaveDuplicates();
        assertThat(jira.requests()).hasSize(3);
        assertThat(jira.requests().get(1).parameter("nextPageToken")).isNotNull();
    }

    @Test
    void shiftsPagesWhenIssuesChangeInBetween() throws Exception {
        jira.fail(Fault.before(() -> jira.editIssue("DEMO-1", f -> f.put("summary", "Touched")))
                .onPath("/rest/api/3/search/jql")
                .onNth(2));

        List<String> ids = client.walk("project = DEMO ORDER BY updated ASC, id ASC", 25);

        assertThat(new HashSet<>(ids)).as("one issue is lost in the gap").hasSizeLessThan(60);
    }

    @Test
    void showsOnlyIdsUnlessFieldsAreNamed() throws Exception {
        String search = "/rest/api/3/search/jql?maxResults=1&jql=project%3DDEMO";

        JsonNode bare = client.json(search).path("issues").path(0);
        assertThat(bare.size()).isOne();
        assertThat(bare.path("id").asText()).isNotEmpty();
        JsonNode all =
                client.json(search + "&fields=*all").path("issues").path(0).path("fields");
        assertThat(all.has("comment")).isTrue();
        JsonNode navigable = client.json(search + "&fields=*navigable,-summary,comment&expand=names,changelog");
        assertThat(navigable.path("names").path("customfield_10016").asText()).isEqualTo("Story Points");
        JsonNode fields = navigable.path("issues").path(0).path("fields");
        assertThat(fields.has("summary")).isFalse();
        assertThat(fields.has("comment")).isTrue();
        assertThat(navigable.path("issues").path(0).path("changelog").has("histories"))
                .isTrue();
    }

    @Test
    void refusesGarbageInASearch() throws Exception {
        assertThat(client.get("/rest/api/3/search/jql?jql=project%3DDEMO&nextPageToken=garbage")
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.post("/rest/api/3/search/jql", "{\"jql\":\"project=DEMO\",\"startAt\":5}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.post("/rest/api/3/search/jql", "{\"jql\":\"project=DEMO\",\"expand\":[\"names\"]}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.post("/rest/api/3/search/jql", "{nonsense").statusCode())
                .isEqualTo(400);
        assertThat(client.get("/rest/api/3/search/jql").statusCode()).isEqualTo(400);
    }

    @Test
    void countsAndFetchesInBulk() throws Exception {
        HttpResponse<String> count =
                client.post("/rest/api/3/search/approximate-count", "{\"jql\":\"project = DEMO\"}");
        HttpResponse<String> bulk = client.post(
                "/rest/api/3/issue/bulkfetch",
                "{\"issueIdsOrKeys\":[\"DEMO-2\",\"10001\",\"DEMO-999\"],\"fields\":[\"summary\"]}");

        assertThat(count.body()).isEqualTo("{\"count\":60}");
        JsonNode issues = JiraClient.MAPPER.readTree(bulk.body()).path("issues");
        assertThat(issues.findValuesAsText("key")).containsExactly("DEMO-1", "DEMO-2");
    }

    @Test
    void rendersDescriptionsForEachVersion() throws Exception {
        String key = jira.createIssue(
                "DEMO", f -> f.put("description", "h2. Why\n*bold* and [~accountid:x]\n* one\n** two"));

        assertThat(client.json("/rest/api/2/issue/" + key)
                        .at("/fields/description")
                        .asText())
                .startsWith("h2. Why");
        JsonNode adf = client.json("/rest/api/3/issue/" + key).at("/fields/description");
        assertThat(adf.path("type").asText()).isEqualTo("doc");
        assertThat(adf.at("/content/0/type").asText()).isEqualTo("heading");
        assertThat(adf.at("/content/1/content/0/marks/0/type").asText()).isEqualTo("strong");
        assertThat(adf.at("/content/2/content/0/content/1/type").asText()).isEqualTo("bulletList");
        assertThat(WikiRenderer.render(adf)).isEqualTo("h2. Why\n*bold* and [~accountid:x]\n\n* one\n** two");
    }

    @Test
    void followsAMovedIssueByItsOldKey() throws Exception {
        String id = jira.issue("DEMO-7").path("id").asText();
        String newKey = jira.moveIssue("DEMO-7", "PORT");

        JsonNode issue = client.json("/rest/api/3/issue/DEMO-7?fields=project");
        assertThat(newKey).isEqualTo("PORT-1");
        assertThat(issue.path("key").asText()).isEqualTo(newKey);
        assertThat(issue.path("id").asText()).isEqualTo(id);
        assertThat(issue.at("/fields/project/key").asText()).isEqualTo("PORT");
        JsonNode changes = client.json("/rest/api/3/issue/PORT-1/changelog");
        assertThat(changes.findValuesAsText("field")).contains("Key", "project");
    }

    @Test
    void forgetsADeletedIssue() throws Exception {
        jira.deleteIssue("DEMO-3");

        HttpResponse<String> gone = client.get("/rest/api/3/issue/DEMO-3");
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(gone.body()).contains("Issue does not exist or you do not have permission to see it.");
        assertThat(jira.issueCount()).isEqualTo(59);
    }

    @Test
    void sendsTextThatIsNotValidUnicode() throws Exception {
        jira.putRawIssue(Json.object()
                .put("id", "77")
                .put("key", "DEMO-777")
                .set(
                        "fields",
                        Json.object()
                                .put("summary", "nul \0 lone \ud83d end \uD83D\uDE00")
                                .put("updated", "soon")));

        HttpResponse<String> raw = client.get("/rest/api/3/issue/77");
        assertThat(raw.body()).contains("nul \\u0000 lone \\ud83d end \uD83D\uDE00");
        assertThat(client.keys("key = DEMO-777")).containsExactly("DEMO-777");
    }

    @Test
    void hidesIssuesFromSearchUntilTheyAreReconciled() throws Exception {
        jira.hideFromSearch("DEMO-5");
        String id = jira.issue("DEMO-5").path("id").asText();

        assertThat(client.keys("key = DEMO-5")).isEmpty();
        assertThat(client.json("/rest/api/3/search/jql?jql=key%3DDEMO-5&reconcileIssues=" + id)
                        .path("issues"))
                .hasSize(1);
        assertThat(client.get("/rest/api/3/issue/DEMO-5").statusCode()).isEqualTo(200);
    }

    @Test
    void writesIssues() throws Exception {
        HttpResponse<String> created = client.post(
                "/rest/api/2/issue",
                "{\"fields\":{\"project\":{\"key\":\"DEMO\"},\"summary\":\"New\",\"issuetype\":{\"name\":\"Bug\"}}}");
        assertThat(created.statusCode()).isEqualTo(201);
        String issue = "/rest/api/2/issue/"
                + JiraClient.MAPPER.readTree(created.body()).path("key").asText();

        assertThat(client.put(
                                issue,
                                "{\"fields\":{\"summary\":\"Newer\",\"status\":{\"name\":\"Done\"}},"
                                        + "\"update\":{\"labels\":[{\"add\":\"x\"}]}}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(client.json(issue + "/transitions").findValuesAsText("id"))
                .contains("21")
                .doesNotContain("41");
        assertThat(client.post(issue + "/transitions", "{\"transition\":{\"id\":\"41\"}}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(client.post(issue + "/transitions", "{\"transition\":{\"id\":\"21\"}}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(client.post(issue + "/comment", "{\"body\":\"Hello\"}").statusCode())
                .isEqualTo(201);
        JsonNode fields = client.json(issue).path("fields");
        assertThat(fields.path("summary").asText()).isEqualTo("Newer");
        assertThat(fields.at("/status/name").asText()).isEqualTo("In Progress");
        assertThat(fields.at("/labels/0").asText()).isEqualTo("x");
        assertThat(fields.at("/comment/comments/0/body").asText()).isEqualTo("Hello");
    }

    @Test
    void refusesWritesInTheFormOfTheOtherVersion() throws Exception {
        HttpResponse<String> text = client.put("/rest/api/3/issue/DEMO-1", "{\"fields\":{\"description\":\"plain\"}}");
        HttpResponse<String> both = client.put(
                "/rest/api/2/issue/DEMO-1", "{\"fields\":{\"labels\":[]},\"update\":{\"labels\":[{\"add\":\"x\"}]}}");

        assertThat(text.statusCode()).isEqualTo(400);
        assertThat(text.body()).contains("Operation value must be an Atlassian Document");
        assertThat(both.statusCode()).isEqualTo(400);
    }

    @Test
    void bumpsUpdatedOnEveryEdit() {
        String first = jira.issue("DEMO-1").at("/fields/updated").asText();
        jira.editIssue("DEMO-1", fields -> fields.put("summary", "One"));
        String second = jira.issue("DEMO-1").at("/fields/updated").asText();
        jira.editIssue("DEMO-1", fields -> fields.put("summary", "Two"));

        assertThat(JiraTime.parse(second)).isAfter(JiraTime.parse(first));
        assertThat(JiraTime.parse(jira.issue("DEMO-1").at("/fields/updated").asText()))
                .isAfter(JiraTime.parse(second));
    }

    @Test
    void logsChangesAsJiraNamesThem() throws Exception {
        jira.editIssue("DEMO-1", fields -> {
            fields.putArray("fixVersions").addObject().put("id", "1").put("name", "9.9");
            ObjectNode link = fields.withArray("issuelinks").addObject().put("id", "5");
            link.putObject("type").put("name", "Blocks").put("outward", "blocks");
            link.putObject("outwardIssue").put("key", "DEMO-2");
        });

        JsonNode newest = client.json("/rest/api/3/issue/DEMO-1?expand=changelog&fields=issuelinks");
        JsonNode items = newest.at("/changelog/histories/0/items");
        assertThat(items.findValuesAsText("field")).contains("Fix Version", "Link");
        assertThat(items.findValuesAsText("toString")).contains("9.9", "This issue blocks DEMO-2");
        assertThat(newest.at("/fields/issuelinks").findValuesAsText("summary")).isNotEmpty();
    }

    @Test
    void changesByItselfAndStaysReadable() throws Exception {
        for (int i = 0; i < 200; i++) {
            jira.changeSomething();
        }

        assertThat(client.walk("project in (DEMO, PORT)", 25)).hasSize(jira.issueCount());
        assertThat(client.get("/rest/api/3/search/jql?jql=project%3DDEMO&fields=*all&expand=changelog")
                        .statusCode())
                .isEqualTo(200);
    }
}
