package io.atmosfera.sandbox.jira;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DataCenterTest {

    private SimulatedJira jira;
    private JiraClient client;

    @BeforeEach
    void start() {
        jira = SimulatedJira.start(
                SimulatedJira.Options.dataCenter().initialIssues(60).maxPageSize(25));
        client = JiraClient.bearer(jira, "sandbox");
    }

    @AfterEach
    void close() {
        jira.close();
    }

    @Test
    void saysThatItIsAServer() throws Exception {
        JsonNode info = client.json("/rest/api/latest/serverInfo");

        assertThat(info.path("deploymentType").asText()).isEqualTo("Server");
        assertThat(info.path("version").asText()).isEqualTo("9.12.15");
    }

    @Test
    void acceptsTokensAndPasswords() throws Exception {
        assertThat(client.get("/rest/api/2/myself").headers().firstValue("X-AUSERNAME"))
                .contains("demo");
        assertThat(JiraClient.basic(jira).get("/rest/api/2/myself").statusCode())
                .isEqualTo(200);
        assertThat(JiraClient.bearer(jira, "wrong").get("/rest/api/2/myself").statusCode())
                .isEqualTo(401);
    }

    @Test
    void pagesByOffsetAndLowersThePageSize() throws Exception {
        List<String> ids = new ArrayList<>();
        JsonNode page;
        do {
            page = client.json(
                    "/rest/api/2/search?maxResults=1000&jql=project%3DDEMO+order+by+id&startAt=" + ids.size());
            page.path("issues").forEach(issue -> ids.add(issue.path("id").asText()));
        } while (ids.size() < page.path("total").asInt());

        assertThat(ids).hasSize(60).doesNotHaveDuplicates();
        assertThat(page.path("maxResults").asInt()).isEqualTo(25);
        assertThat(page.has("isLast")).isFalse();
        HttpResponse<String> posted =
                client.post("/rest/api/2/search", "{\"jql\":\"project=DEMO\",\"startAt\":59,\"fields\":[\"summary\"]}");
        assertThat(JiraClient.MAPPER.readTree(posted.body()).path("issues")).hasSize(1);
    }

    @Test
    void knowsPeopleByName() throws Exception {
        JsonNode reporter = client.json("/rest/api/2/issue/DEMO-1").at("/fields/reporter");

        assertThat(reporter.has("name")).isTrue();
        assertThat(reporter.has("key")).isTrue();
        assertThat(reporter.has("accountId")).isFalse();
    }

    @Test
    void lacksWhatOnlyCloudHas() throws Exception {
        for (String path : List.of(
                "/rest/api/2/search/jql?jql=project%3DDEMO",
                "/rest/api/3/myself", "/rest/api/2/issue/DEMO-1/changelog")) {
            HttpResponse<String> response = client.get(path);

            assertThat(response.statusCode()).as(path).isEqualTo(404);
            JsonNode body = JiraClient.MAPPER.readTree(response.body());
            assertThat(body.path("message").asText()).startsWith("null for uri: ");
            assertThat(body.path("status-code").asInt()).isEqualTo(404);
        }
        assertThat(client.json("/rest/api/2/issue/DEMO-1?expand=changelog")
                        .path("changelog")
                        .has("histories"))
                .isTrue();
    }

    @Test
    void toleratesUnknownValuesWithoutValidation() throws Exception {
        String search = "/rest/api/2/search?jql=key+in+(DEMO-1,DEMO-999)";

        assertThat(client.get(search).statusCode()).isEqualTo(400);
        assertThat(client.json(search + "&validateQuery=false").path("total").asInt())
                .isOne();
    }
}
