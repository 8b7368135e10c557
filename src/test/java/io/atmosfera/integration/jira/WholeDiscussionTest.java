package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.jira.Fault;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Comments and worklogs of which Jira Cloud's issues bring only some. */
class WholeDiscussionTest extends JiraSyncTest {

    private JsonNode ticket(long project) {
        return get("/api/projects/" + project + "/jira-tickets/DEMO-1").json();
    }

    private Answer list(long project, String list) {
        return get("/api/projects/" + project + "/jira-tickets/DEMO-1/" + list + "?limit=500");
    }

    private static SimulatedJira discussed(SimulatedJira jira, int comments, int worklogs) {
        jira.editIssue("DEMO-1", fields -> {
            entries(fields, "comment", comments, entry -> entry.put("body", "Comment " + entry.path("id")));
            entries(fields, "worklog", worklogs, entry -> entry.put("timeSpentSeconds", 60));
        });
        return jira;
    }

    private static void entries(ObjectNode fields, String kind, int count, Consumer<ObjectNode> refine) {
        ObjectNode page = fields.putObject(kind);
        ArrayNode entries = page.putArray(kind + "s");
        for (int id = 1; id <= count; id++) {
            ObjectNode entry = entries.addObject()
                    .put("id", String.valueOf(id))
                    .put("created", "2026-02-01T00:00:00.000+0000")
                    .put("updated", "2026-02-01T00:00:00.000+0000");
            refine.accept(entry);
        }
        page.put("total", count);
    }

    private static List<String> asked(SimulatedJira jira, String kind) {
        return jira.requests().stream()
                .filter(request -> isList(request, kind))
                .map(request -> request.path() + " " + request.parameter("startAt"))
                .toList();
    }

    private static boolean isList(RecordedRequest request, String kind) {
        return request.path().endsWith("/" + kind);
    }

    private void isWhole(long project) {
        await().atMost(PATIENCE)
                .until(
                        () -> ticket(project),
                        ticket -> !ticket.path("commentsTruncated").asBoolean(true)
                                && !ticket.path("worklogsTruncated").asBoolean(true));
    }

    private int queued(long project) {
        return jdbc.sql("SELECT count(*) FROM jira_discussion_queue q JOIN jira_tickets t ON t.id = q.ticket_id"
                        + " WHERE t.project_id = ?")
                .param(project)
                .query(Integer.class)
                .single();
    }

    @Test
    void whatIsMissingIsFetchedInTheBackgroundAndWhatJiraHasNoMoreIsMarked() {
        SimulatedJira jira = discussed(cloud(1), 250, 130);
        jira.fail(Fault.rateLimited(Duration.ofSeconds(1)).matching(request -> isList(request, "comment")));
        long project = project(jira);

        completed(project, "full");
        isWhole(project);

        assertThat(list(project, "comments").json())
                .extracting(comment -> comment.path("id").asInt())
                .doesNotHaveDuplicates()
                .hasSize(250);
        assertThat(list(project, "worklogs").json()).hasSize(130);
        assertThat(list(project, "comments").header("X-Truncated")).isEmpty();
        assertThat(ticket(project).path("commentCount").asInt()).isEqualTo(250);
        assertThat(asked(jira, "comment"))
                .containsSubsequence(
                        "/rest/api/2/issue/10001/comment 0",
                        "/rest/api/2/issue/10001/comment 100",
                        "/rest/api/2/issue/10001/comment 200")
                .hasSizeLessThanOrEqualTo(4);
        assertThat(asked(jira, "worklog"))
                .containsExactly("/rest/api/2/issue/10001/worklog 0", "/rest/api/2/issue/10001/worklog 100");
        assertThat(queued(project)).isZero();

        // One goes that no issue's answer shows, and one comes, so that Jira says that something changed.
        jira.editIssue("DEMO-1", fields -> {
            ArrayNode comments = (ArrayNode) fields.path("comment").path("comments");
            comments.remove(199);
            comments.remove(0);
            comments.addObject().put("id", "300").put("created", "2026-02-02T00:00:00.000+0000");
            fields.withObjectProperty("comment").put("total", comments.size());
        });
        completed(project, "incremental");
        isWhole(project);

        assertThat(list(project, "comments").json())
                .filteredOn(comment -> comment.has("deletedAt"))
                .extracting(comment -> comment.path("id").asText())
                .containsExactlyInAnyOrder("1", "200");
        assertThat(ticket(project).path("commentCount").asInt()).isEqualTo(249);
    }

    @Test
    void aListThatJiraDoesNotGiveStaysCutAndSaysSo() {
        SimulatedJira jira = discussed(cloud(1), 30, 20);
        jira.fail(Fault.forbidden()
                .matching(request -> isList(request, "comment"))
                .untilCleared());
        long project = project(jira);

        completed(project, "full");
        await().atMost(PATIENCE).until(() -> !asked(jira, "comment").isEmpty());

        assertThat(ticket(project).path("commentsTruncated").asBoolean()).isTrue();
        assertThat(ticket(project).path("worklogsTruncated").asBoolean(true)).isFalse();
        assertThat(list(project, "comments").header("X-Truncated")).isEqualTo("true");
        assertThat(list(project, "comments").json()).hasSize(20).noneMatch(comment -> comment.has("deletedAt"));
        assertThat(list(project, "worklogs").header("X-Truncated")).isEmpty();
        assertThat(asked(jira, "worklog")).isEmpty();
    }

    @Test
    void aPageThatComesAgainAndAgainEndsTheListWithAReason() {
        SimulatedJira jira = discussed(cloud(1), 150, 0);
        JsonNode first = entriesOf(100);
        jira.fail(Fault.rewriting(answer -> answer.set("comments", first.deepCopy()))
                .matching(request -> isList(request, "comment"))
                .untilCleared());
        long project = project(jira);

        completed(project, "full");
        await().atMost(PATIENCE)
                .until(() -> jdbc.sql("SELECT string_agg(error_message, '') FROM jira_discussion_queue q"
                                + " JOIN jira_tickets t ON t.id = q.ticket_id WHERE t.project_id = ?")
                        .param(project)
                        .query(String.class)
                        .optional()
                        .isPresent());

        assertThat(jdbc.sql("SELECT error_message || ' ' || next_attempt_at FROM jira_discussion_queue q"
                                + " JOIN jira_tickets t ON t.id = q.ticket_id WHERE t.project_id = ?")
                        .param(project)
                        .query(String.class)
                        .single())
                .contains("same page of comments again")
                .endsWith("infinity");
        assertThat(asked(jira, "comment")).hasSize(2);
        assertThat(list(project, "comments").json()).hasSize(100);
        assertThat(list(project, "comments").header("X-Truncated")).isEqualTo("true");
    }

    private static JsonNode entriesOf(int count) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        entries(fields, "comment", count, entry -> entry.put("body", "again"));
        return fields.path("comment").path("comments");
    }

    @Test
    void aListThatChangesWhileItIsReadIsReadAgain() {
        SimulatedJira jira = discussed(cloud(1), 150, 0);
        jira.fail(Fault.rewriting(answer -> answer.put("total", 149))
                .matching(request -> isList(request, "comment") && "100".equals(request.parameter("startAt"))));
        long project = project(jira);

        completed(project, "full");
        await().atMost(PATIENCE).until(() -> asked(jira, "comment").size() >= 2);
        await().atMost(PATIENCE).until(() -> {
            jdbc.sql("UPDATE jira_discussion_queue SET next_attempt_at = now()"
                            + " WHERE error_message LIKE '%changed while%' AND next_attempt_at > now()")
                    .update();
            return queued(project) == 0;
        });

        assertThat(list(project, "comments").json()).hasSize(150).noneMatch(comment -> comment.has("deletedAt"));
    }
}
