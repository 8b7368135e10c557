package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.jira.SimulatedJira;
import org.junit.jupiter.api.Test;

/** Comments and worklogs of a ticket, and what becomes of those that Jira has no more. */
class TicketDiscussionTest extends JiraMappingSupport {

    @Test
    void commentsAndWorklogsAreKeptAndSoAreThoseThatJiraDeletes() {
        SimulatedJira jira = cloud();
        ObjectNode issue = issue(1, "DEMO-1", "discussed");
        comment(issue, 11, "Mia", "first nul \u0000 here", 1);
        comment(issue, 12, "Björn", "second", 2);
        comment(issue, 13, "Mia", "third", 3);
        worklog(issue, 21, "Mia", 3600, 1);
        worklog(issue, 22, "Björn", 60, 2);
        jira.putRawIssue(updated(issue, 4));
        jira.putRawIssue(issue(2, "DEMO-2", "quiet"));
        long project = project(jira);

        JsonNode first = sync(project);

        assertThat(first.path("ticketsCreated").asInt())
                .as(errors(project).toString())
                .isEqualTo(2);
        assertThat(texts(comments(project), "id")).containsExactly("13", "12", "11");
        assertThat(comments(project).path(2))
                .isEqualTo(
                        tree(
                                """
                {"id": "11", "author": "Mia", "authorId": "id-Mia", "body": "first nul  here",
                 "createdAt": "2026-02-01T00:00:00.000Z", "updatedAt": "2026-02-01T00:00:00.000Z"}"""));
        assertThat(worklogs(project).path(1))
                .isEqualTo(
                        tree(
                                """
                {"id": "21", "author": "Mia", "authorId": "id-Mia", "comment": "worked", "seconds": 3600,
                 "startedAt": "2026-02-01T00:00:00.000Z", "createdAt": "2026-02-01T00:00:00.000Z",
                 "updatedAt": "2026-02-01T00:00:00.000Z"}"""));
        assertThat(ticket(project, "DEMO-1").path("commentCount").asInt()).isEqualTo(3);
        assertThat(ticket(project, "DEMO-1").path("worklogCount").asInt()).isEqualTo(2);
        assertThat(sync(project).path("ticketsUnchanged").asInt()).isEqualTo(2);

        // One of each is deleted, one edited, one new.
        ArrayNode there = (ArrayNode) fields(issue).path("comment").path("comments");
        there.remove(0);
        ((ObjectNode) there.get(0)).put("body", "second, edited").put("updated", "2026-02-05T00:00:00.000+0000");
        comment(issue, 14, "Zoe", "fourth", 5);
        ((ArrayNode) fields(issue).path("worklog").path("worklogs")).remove(1);
        total(issue);
        jira.putRawIssue(updated(issue, 6));

        assertThat(sync(project).path("ticketsUpdated").asInt()).isEqualTo(1);

        assertThat(texts(comments(project), "id")).containsExactly("14", "13", "12", "11");
        assertThat(texts(comments(project), "body"))
                .containsExactly("fourth", "third", "second, edited", "first nul  here");
        assertThat(comments(project).path(3).path("deletedAt").asText()).isEqualTo("2026-02-06T00:00:00.000Z");
        assertThat(comments(project).path(2).has("deletedAt")).isFalse();
        assertThat(worklogs(project).path(0).has("deletedAt")).isTrue();
        assertThat(ticket(project, "DEMO-1").path("commentCount").asInt()).isEqualTo(3);
        assertThat(ticket(project, "DEMO-1").path("worklogCount").asInt()).isEqualTo(1);
        assertThat(tickets(project, "sort=jiraKey&limit=1")
                        .json()
                        .path(0)
                        .path("commentCount")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void aListThatJiraHasCutDeletesNothing() {
        SimulatedJira jira = cloud();
        ObjectNode issue = issue(1, "DEMO-1", "discussed");
        for (int i = 1; i <= 3; i++) {
            comment(issue, i, "Mia", "text", i);
        }
        jira.putRawIssue(updated(issue, 4));
        long project = project(jira);
        sync(project);
        ((ArrayNode) fields(issue).path("comment").path("comments")).remove(0);
        fields(issue).withObjectProperty("comment").put("total", 3);
        jira.putRawIssue(updated(issue, 5));

        sync(project);

        assertThat(comments(project)).hasSize(3).noneMatch(comment -> comment.has("deletedAt"));
    }

    @Test
    void aReplayLeavesThemAlone() {
        SimulatedJira jira = cloud();
        ObjectNode issue = issue(1, "DEMO-1", "discussed");
        comment(issue, 1, "Mia", "text", 1);
        jira.putRawIssue(updated(issue, 4));
        long project = project(jira);
        sync(project);
        jdbc.sql("UPDATE jira_comments SET body = 'as an event told' WHERE ticket_id = ?")
                .param(ticket(project, "DEMO-1").path("id").asLong())
                .update();

        configure(project, config(jira, mappings("priority", "\"x\"")));
        replayed(project, 1);

        assertThat(ticket(project, "DEMO-1").path("priority").asText()).isEqualTo("x");
        assertThat(texts(comments(project), "body")).containsExactly("as an event told");
    }

    @Test
    void theListsArePagedAndTheirTicketIsFoundByAFormerKey() {
        SimulatedJira jira = started(SimulatedJira.Options.cloud().projects("DEMO", "LATER"));
        String key = jira.createIssue("DEMO", fields -> fields.put("summary", "moves"));
        jira.editIssue(key, fields -> {
            for (int i = 1; i <= 3; i++) {
                fields.withObjectProperty("comment")
                        .withArrayProperty("comments")
                        .add(entry(i, "Mia", i).put("body", "x"));
            }
            fields.withObjectProperty("comment").put("total", 3);
        });
        long project = project();
        ObjectNode config = config(jira);
        config.put("jql", "created > \"2000-01-01\"");
        configure(project, config);
        sync(project);
        jira.moveIssue(key, "LATER");
        sync(project);
        String path = "/api/projects/" + project + "/jira-tickets/" + key + "/comments";

        assertThat(get(path + "?limit=2").header("Link")).contains("rel=\"next\"");
        assertThat(get(path + "?limit=2").header("X-Total-Count")).isEqualTo("3");
        assertThat(texts(get(path + "?sort=createdAt&limit=1").json(), "id")).containsExactly("1");
        assertThat(get(path + "?limit=0").status()).isEqualTo(400);
        assertThat(get(path + "?sort=body").status()).isEqualTo(400);
        assertThat(get("/api/projects/" + project + "/jira-tickets/NONE-1/comments")
                        .status())
                .isEqualTo(404);
        assertThat(get("/api/projects/" + project + "/jira-tickets/NONE-1/worklogs")
                        .status())
                .isEqualTo(404);
        assertThat(get("/api/projects/" + project() + "/jira-tickets/" + key + "/worklogs")
                        .status())
                .isEqualTo(404);
    }

    private JsonNode comments(long project) {
        return get("/api/projects/" + project + "/jira-tickets/DEMO-1/comments").json();
    }

    private JsonNode worklogs(long project) {
        return get("/api/projects/" + project + "/jira-tickets/DEMO-1/worklogs").json();
    }

    private static ObjectNode updated(ObjectNode issue, int day) {
        fields(issue).put("updated", at(day));
        return issue.deepCopy();
    }

    private static void comment(ObjectNode issue, long id, String author, String body, int day) {
        fields(issue)
                .withObjectProperty("comment")
                .withArrayProperty("comments")
                .add(entry(id, author, day).put("body", body));
        total(issue);
    }

    private static void worklog(ObjectNode issue, long id, String author, long seconds, int day) {
        fields(issue)
                .withObjectProperty("worklog")
                .withArrayProperty("worklogs")
                .add(entry(id, author, day)
                        .put("comment", "worked")
                        .put("started", at(day))
                        .put("timeSpentSeconds", seconds));
        total(issue);
    }

    private static void total(ObjectNode issue) {
        for (String part : new String[] {"comment", "worklog"}) {
            if (fields(issue).path(part) instanceof ObjectNode page) {
                page.put("total", page.path(part + "s").size());
            }
        }
    }

    private static ObjectNode entry(long id, String author, int day) {
        ObjectNode entry = JSON.createObjectNode().put("id", String.valueOf(id));
        entry.putObject("author").put("displayName", author).put("accountId", "id-" + author);
        return entry.put("created", at(day)).put("updated", at(day));
    }

    private static String at(int day) {
        return "2026-02-0" + day + "T00:00:00.000+0000";
    }
}
