package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** Links between tickets and GitHub that Jira keeps: those of people are read, those of the platform written. */
@TestPropertySource(
        properties = {
            "platform.jira.remote-link-interval=200ms",
            "platform.jira.auto-sync=false",
            "platform.github.default-sync-interval=10080"
        })
class RemoteLinkTest extends GitHubRows {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String NONE = "{\"errorMessages\": [\"No remote link\"]}";

    private final StandInGitHub jira = StandInGitHub.start();

    private long project;
    private long ticket;

    @BeforeEach
    void aTicketAndARepository() {
        project = project();
        ticket = ticket(project, 10001, "PROJ-1");
        store(
                project,
                "repository",
                "{\"id\": 1296269, \"full_name\": \"octo/hello\", \"html_url\": \"https://github.com/octo/Hello\"}");
        jdbc.sql(
                        """
                        INSERT INTO integration_configs (project_id, integration_type, config_data)
                        VALUES (?, 'github', '{"repository": "octo/hello", "apiUrl": "https://github.invalid"}')""")
                .param(project)
                .update();
        // Jira says that it knows the account, so what is not there is believed.
        jira.otherwise(request -> new Reply(404, NONE, java.util.Map.of("X-Seraph-LoginReason", "OK")));
    }

    @AfterEach
    void jiraEnds() {
        jira.close();
    }

    @Test
    void aLinkThatSomebodyMadeInJiraLinks() {
        store(
                project,
                "issues",
                array("{\"id\": 5, \"number\": 7, \"title\": \"No key here\", \"state\": \"open\","
                        + " \"created_at\": \"2026-01-01T00:00:00Z\", \"updated_at\": \"2026-01-01T00:00:00Z\"}"));
        store(project, "pulls", array(pull(3, "No key either", "2026-01-02T00:00:00Z")));
        jira.on(
                "GET /rest/api/2/issue/10001/remotelink",
                Reply.json(
                        """
                        [{"id": 1, "object": {"url": "https://github.com/Octo/hello/issues/7#top", "title": "An issue"}},
                         {"id": 2, "globalId": "x", "relationship": "mentioned in", "application": {"name": "Wiki"},
                          "object": {"url": "https://wiki.example.com/page", "title": "A page"}},
                         {"id": 3, "object": {"url": "https://github.com/octo/hello/pull/3/files", "title": "A pull request"}},
                         {"id": 4, "object": {"url": "https://github.com/octo/other/pull/3", "title": "Elsewhere"}},
                         {"id": 5, "object": {"url": "https://github.com/octo/hello/pull/3a", "title": "No number"}}]"""));
        connect("read");
        queue();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        texts(list(project, "github-issues").path(0).path("jiraKeys")))
                .containsExactly("PROJ-1"));
        assertThat(texts(list(project, "github-pulls").path(0).path("jiraKeys")))
                .containsExactly("PROJ-1");
        JsonNode detail =
                get("/api/projects/" + project + "/jira-tickets/PROJ-1").json();
        assertThat(texts(detail.path("remoteLinks"), "title"))
                .containsExactly("An issue", "A page", "A pull request", "Elsewhere", "No number");
        assertThat(texts(detail.path("pullRequests"), "number")).containsExactly("3");
        assertThat(get("/api/projects/" + project + "/links/explain?issue=7")
                        .json()
                        .path("linked"))
                .isEqualTo(
                        tree(
                                """
                                [{"jiraKey": "PROJ-1", "from": "remote-link", "text": "https://github.com/Octo/hello/issues/7#top"}]"""));
        assertThat(linksAskedFor()).containsOnly("GET /rest/api/2/issue/10001/remotelink");

        jira.on("GET /rest/api/2/issue/10001/remotelink", Reply.json("[]"));
        queue();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        list(project, "github-issues").path(0).path("jiraKeys"))
                .isEmpty());
    }

    @Test
    void onlyTicketsWhoseChangelogTellsOfLinksAreAskedFor() {
        jira.on("GET /rest/api/2/issue/10001/remotelink", Reply.json("[]"));
        jira.on("GET /rest/api/2/issue/10002/remotelink", Reply.json("[]"));
        jira.on("GET /rest/api/2/search/jql", Reply.json(page()));
        jira.on("GET /rest/api/2/serverInfo", Reply.json("{\"deploymentType\": \"Cloud\", \"version\": \"1001.0.0\"}"));
        jira.on("POST /rest/api/2/search/approximate-count", Reply.json("{\"count\": 2}"));
        connect("read");
        Answer sync = post("/api/projects/" + project + "/jira-sync", ADMIN, "{\"syncType\": \"full\"}");
        assertThat(sync.status()).as(sync.text()).isEqualTo(202);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(linksAskedFor())
                .containsExactly("GET /rest/api/2/issue/10001/remotelink"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(count("jira_remote_link_queue WHERE project_id = ?", project))
                        .isZero());
        assertThat(linksAskedFor()).hasSize(1);
    }

    private List<String> linksAskedFor() {
        return jira.lines().stream().filter(line -> line.contains("remotelink")).toList();
    }

    private static String page() {
        String fields =
                "\"fields\": {\"summary\": \"A ticket\", \"status\": {\"name\": \"To Do\"}, \"updated\": \"2026-01-0%1$dT00:00:00.000+0000\"}";
        return ("{\"isLast\": true, \"issues\": ["
                + "{\"id\": \"10001\", \"key\": \"PROJ-1\", " + fields.formatted(1)
                + ", \"changelog\": {\"histories\": [{\"id\": \"1\", \"created\": \"2026-01-01T00:00:00.000+0000\","
                + " \"items\": [{\"field\": \"RemoteIssueLink\", \"toString\": \"This issue links to x\"}]}]}},"
                + "{\"id\": \"10002\", \"key\": \"PROJ-2\", " + fields.formatted(2)
                + ", \"changelog\": {\"histories\": []}}]}");
    }

    @Test
    void whatCannotBeReadIsReadLaterOrNotAtAll() {
        AtomicInteger asked = new AtomicInteger();
        jira.on(
                "GET /rest/api/2/issue/10001/remotelink",
                request -> asked.incrementAndGet() == 1
                        ? Reply.status(429, "slow down").with("Retry-After", "1")
                        : Reply.json("[{\"id\": 1, \"object\": {\"url\": \"https://github.com/octo/hello/pull/3\"}}]"));
        long gone = ticket(project, 10002, "PROJ-2");
        connect("read");
        queue();
        jdbc.sql("INSERT INTO jira_remote_link_queue (ticket_id, project_id) VALUES (?, ?)")
                .params(gone, project)
                .update();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(count("jira_remote_links WHERE ticket_id = ?", ticket))
                .isEqualTo(1));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(count("jira_remote_link_queue WHERE project_id = ?", project))
                        .isZero());
        assertThat(asked).hasValue(2);
    }

    @Test
    void pullRequestsAndIssuesThatNameATicketAreWrittenOnceAndFollowed() {
        jira.on(
                "POST /rest/api/2/issue/10001/remotelink",
                new Reply(201, "{\"id\": 10000, \"self\": \"x\"}", java.util.Map.of()));
        jira.on("DELETE /rest/api/2/issue/10001/remotelink", new Reply(204, "", java.util.Map.of()));
        store(project, "pulls", array(pull(3, "PROJ-1 at last", "2026-01-02T00:00:00Z")));
        connect("write");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(written("state")).containsExactly("written"));
        assertThat(linksAskedFor())
                .containsExactly(
                        "GET /rest/api/2/issue/10001/remotelink?globalId=system%3Dgithub%26id%3D1296269%2Fpull%2F3",
                        "POST /rest/api/2/issue/10001/remotelink");
        assertThat(tree(jira.requests().stream()
                        .filter(request -> request.line().startsWith("POST"))
                        .findFirst()
                        .orElseThrow()
                        .body()))
                .isEqualTo(
                        tree(
                                """
                {"globalId": "system=github&id=1296269/pull/3",
                 "application": {"type": "com.github", "name": "GitHub"},
                 "relationship": "pull request",
                 "object": {"url": "https://github.com/octo/hello/pull/3", "title": "octo/hello#3: PROJ-1 at last",
                            "icon": {"url16x16": "https://github.com/favicon.ico", "title": "GitHub pull request"},
                            "status": {"resolved": false}}}"""));

        // What is as it is to be is not written again, whoever stores it again.
        jira.on(
                "GET /rest/api/2/issue/10001/remotelink",
                Reply.json(jira.requests().get(1).body()));
        jdbc.sql("UPDATE jira_remote_link_writes SET state = 'pending', next_attempt_at = now() WHERE project_id = ?")
                .param(project)
                .update();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(written("state")).containsExactly("written"));
        assertThat(posts()).isEqualTo(1);

        // Merged: the link is struck through in Jira.
        store(
                project,
                "pulls",
                array(pull(
                        3,
                        "PROJ-1 at last",
                        "2026-01-03T00:00:00Z",
                        "main-work",
                        "{\"state\": \"closed\", \"merged_at\": \"2026-01-03T00:00:00Z\"}")));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(posts()).isEqualTo(2));
        assertThat(tree(last("POST").body()).at("/object/status/resolved").asBoolean())
                .isTrue();

        // It names the ticket no more: the link goes, and what the platform wrote itself links nothing.
        store(project, "pulls", array(pull(3, "Another title", "2026-01-04T00:00:00Z")));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(written("state")).isEmpty());
        assertThat(last("DELETE").line())
                .isEqualTo(
                        "DELETE /rest/api/2/issue/10001/remotelink?globalId=system%3Dgithub%26id%3D1296269%2Fpull%2F3");
    }

    @Test
    void whatJiraRefusesIsShownAndTriedAgainWhenTheConnectionIsSaved() {
        jira.on("POST /rest/api/2/issue/10001/remotelink", Reply.status(403, "no"));
        store(project, "pulls", array(pull(3, "PROJ-1", "2026-01-02T00:00:00Z")));
        connect("write");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(written("state")).containsExactly("failed"));
        assertThat(list(project, "jira-remote-links?state=failed")
                        .path(0)
                        .path("errorMessage")
                        .asText())
                .startsWith("Jira forbids this to the account (403)");

        jira.on("POST /rest/api/2/issue/10001/remotelink", new Reply(201, "{\"id\": 1}", java.util.Map.of()));
        connect("write");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(written("state")).containsExactly("written"));
    }

    @Test
    void aTicketThatJiraDoesNotHaveAndAnErrorOfJirasOwn() {
        AtomicInteger asked = new AtomicInteger();
        jira.on(
                "POST /rest/api/2/issue/10001/remotelink",
                request -> asked.incrementAndGet() == 1
                        ? Reply.status(502, "oh")
                        : new Reply(200, "{\"id\": 1}", java.util.Map.of()));
        long gone = ticket(project, 10002, "PROJ-2");
        store(project, "pulls", array(pull(3, "PROJ-1 and PROJ-2", "2026-01-02T00:00:00Z")));
        connect("write");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(count("jira_remote_link_writes WHERE ticket_id = ?", gone))
                        .isZero());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(asked).hasValueGreaterThanOrEqualTo(1));
        jdbc.sql("UPDATE jira_remote_link_writes SET next_attempt_at = now() WHERE ticket_id = ?")
                .param(ticket)
                .update();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(written("state")).containsExactly("written"));
    }

    @Test
    void withoutBeingAskedNothingIsWritten() {
        store(project, "pulls", array(pull(3, "PROJ-1", "2026-01-02T00:00:00Z")));
        connect("read");
        queue();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(jira.lines()).isNotEmpty());
        assertThat(list(project, "jira-remote-links")).isEmpty();
        assertThat(get("/api/projects/" + project + "/jira-config")
                        .json()
                        .path("remoteLinks")
                        .asText())
                .isEqualTo("read");
    }

    private void connect(String remoteLinks) {
        ObjectNode config = JSON.createObjectNode()
                .put("jiraUrl", jira.url())
                .put("apiKey", "a-token")
                .put("projectKey", "PROJ")
                .put("deployment", "cloud")
                .put("remoteLinks", remoteLinks);
        Answer saved = post("/api/projects/" + project + "/jira-config", ADMIN, config.toString());
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
    }

    private void queue() {
        jdbc.sql("INSERT INTO jira_remote_link_queue (ticket_id, project_id) VALUES (?, ?)")
                .params(ticket, project)
                .update();
    }

    private List<String> written(String field) {
        return texts(list(project, "jira-remote-links"), field);
    }

    private long posts() {
        return jira.lines().stream().filter(line -> line.startsWith("POST")).count();
    }

    private StandInGitHub.Request last(String method) {
        return jira.requests().stream()
                .filter(request -> request.line().startsWith(method))
                .reduce((first, second) -> second)
                .orElseThrow();
    }
}
