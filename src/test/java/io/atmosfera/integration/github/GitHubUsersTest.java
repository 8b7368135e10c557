package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A user of GitHub's is one by the number; the login may change, and may become another's. */
class GitHubUsersTest extends GitHubRows {

    private static final String AT = "2026-01-02T00:00:00Z";

    /** A page as a sync reads it. */
    private void read(long project, String stream, ObjectNode... objects) {
        sent(
                "direct:github-store",
                JSON.createArrayNode().addAll(List.of(objects)),
                Map.of("projectId", project, "repositoryId", REPOSITORY, "stream", stream),
                Map.of("syncId", 0L));
    }

    /** The same as an event brings it. */
    private void told(long project, String stream, ObjectNode... objects) {
        store(project, REPOSITORY, stream, null, JSON.createArrayNode().addAll(List.of(objects)));
    }

    private static ObjectNode user(long id, String login) {
        return JSON.createObjectNode().put("id", id).put("login", login);
    }

    private static ObjectNode pull(long number, ObjectNode author) {
        ObjectNode pull = (ObjectNode) tree(pull(number, "Pull " + number, AT));
        pull.set("user", author);
        pull.putArray("assignees").add(author).add(user(9, "zoe"));
        pull.putArray("requested_reviewers").add(author);
        return pull;
    }

    private static ObjectNode commit(String sha, ObjectNode author) {
        ObjectNode commit = (ObjectNode) tree(commit(sha, "A commit", AT));
        commit.set("author", author);
        commit.set("committer", author);
        return commit;
    }

    private static ObjectNode review(long id, String state, ObjectNode reviewer) {
        ObjectNode review = DetailsApi.review(id, 1, "", state);
        review.set("user", reviewer);
        return review;
    }

    private List<String> pulls(long project, String author) {
        return texts(list(project, "github-pulls?author=" + author + "&sort=createdAt"), "number");
    }

    private List<String> commits(long project, String author) {
        List<String> shas = new ArrayList<>(texts(list(project, "github-commits?author=" + author), "sha"));
        shas.sort(null);
        return shas;
    }

    /** Something of each kind that names a user. */
    private void everything(long project, ObjectNode user) {
        read(project, "pulls", pull(1, user));
        read(project, "commits", commit("c1", user));
        read(project, "pull-reviews", review(1, "CHANGES_REQUESTED", user));
        ObjectNode issue = JSON.createObjectNode().put("id", 5).put("number", 5).put("state", "open");
        issue.put("title", "Five").put("created_at", AT).put("updated_at", AT).set("user", user);
        issue.putArray("assignees").add(user);
        read(project, "issues", issue);
        ObjectNode release =
                JSON.createObjectNode().put("id", 6).put("tag_name", "v1").put("created_at", AT);
        release.set("author", user);
        read(project, "releases", release);
        ObjectNode run =
                JSON.createObjectNode().put("id", 7).put("status", "completed").put("head_sha", "c1");
        run.put("created_at", AT)
                .put("run_started_at", AT)
                .put("updated_at", AT)
                .set("actor", user);
        read(project, "workflow-runs", run);
        ObjectNode deployment = DetailsApi.deployment(8, "live", AT, AT);
        deployment.set("creator", user);
        read(project, "deployments", deployment);
    }

    private List<Object> named(long project) {
        return new ArrayList<>(row(
                        """
                        SELECT p.author, p.assignees::text AS assignees, p.requested::text AS requested, c.author_login,
                               c.committer_login, v.reviewer, i.author AS opened_by, i.assignees::text AS assigned,
                               l.author AS released_by, w.actor, d.creator
                        FROM github_pulls p JOIN github_commits c USING (project_id) JOIN github_reviews v USING (project_id)
                        JOIN github_issues i USING (project_id) JOIN github_releases l USING (project_id)
                        JOIN github_workflow_runs w USING (project_id) JOIN github_deployments d USING (project_id)
                        WHERE p.project_id = ? AND p.number = 1 AND c.sha = 'c1' AND v.id = 1""",
                        project)
                .values());
    }

    @Test
    void aUserWhoIsRenamedIsSoInAllThatIsStored() {
        long project = project();
        everything(project, user(1, "ann"));

        read(project, "commits", commit("c2", user(1, "tina")));

        assertThat(named(project))
                .containsExactly(
                        "tina",
                        "{tina,zoe}",
                        "{tina}",
                        "tina",
                        "tina",
                        "tina",
                        "tina",
                        "{tina}",
                        "tina",
                        "tina",
                        "tina");
        assertThat(pulls(project, "tina")).containsExactly("1");
        assertThat(commits(project, "tina")).containsExactly("c1", "c2");
        assertThat(commits(project, "ann")).isEmpty();
        // What was read last of each reviewer counts, and it is the same one.
        told(project, "pull-reviews", review(2, "APPROVED", user(1, "tina")));
        assertThat(row("SELECT review_decision FROM github_pulls WHERE project_id = ?", project))
                .containsEntry("review_decision", "approved");
    }

    @Test
    void anotherUserWhoTakesALoginIsAnother() {
        long project = project();
        everything(project, user(1, "ann"));

        read(project, "commits", commit("c2", user(2, "Ann")));

        assertThat(named(project))
                .contains("ann (former, 1)", "{\"ann (former, 1)\",zoe}")
                .doesNotContain("ann");
        assertThat(commits(project, "ann")).containsExactly("c2");
        assertThat(pulls(project, "ann")).isEmpty();
        // As soon as the former one is seen again he has his name.
        read(project, "commits", commit("c3", user(1, "tina")));
        assertThat(commits(project, "tina")).containsExactly("c1", "c3");
        assertThat(pulls(project, "tina")).containsExactly("1");
        assertThat(commits(project, "ann")).containsExactly("c2");
    }

    @Test
    void twoMayChangeTheirLoginsWithEachOther() {
        long project = project();
        read(project, "commits", commit("c1", user(1, "ann")), commit("c2", user(2, "tina")));

        read(project, "commits", commit("c3", user(1, "tina")), commit("c4", user(2, "ann")));

        assertThat(commits(project, "tina")).containsExactly("c1", "c3");
        assertThat(commits(project, "ann")).containsExactly("c2", "c4");
    }

    @Test
    void anEventThatComesLateRenamesNobody() {
        long project = project();
        read(project, "pulls", pull(1, user(1, "ann")));
        read(project, "pulls", pull(2, user(1, "tina")));

        told(project, "pulls", pull(3, user(1, "ann")));

        assertThat(pulls(project, "tina")).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(pulls(project, "ann")).isEmpty();
        // Somebody new is learned when a sync sees what the event has brought.
        told(project, "pulls", pull(4, user(2, "tina")));
        assertThat(count("github_users WHERE project_id = ? AND user_id = 2", project))
                .isZero();
    }

    @Test
    void whatIsNoUserIsNone() {
        long project = project();
        ObjectNode odd = pull(1, user(1, "ann"));
        odd.putObject("merged_by").put("id", "no number").put("login", "ann");
        odd.putObject("milestone")
                .put("title", "One")
                .put("login", "x".repeat(5000))
                .put("id", 3);
        odd.putObject("auto_merge").put("login", 5).put("id", 4);
        ObjectNode bot = pull(2, user(5, "ann").put("type", "Bot"));
        bot.putArray("assignees");

        read(project, "pulls", odd, pull(3, user(6, "octo-org").put("type", "Organization")));
        read(project, "pulls", bot);

        assertThat(count("github_users WHERE project_id = ?", project)).isEqualTo(3);
        assertThat(pulls(project, "ann")).containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void anotherGitHubHasOtherUsers() {
        long project = project();
        ObjectNode config = JSON.createObjectNode()
                .put("repository", "octo/hello")
                .put("accessToken", "ghp_a-token")
                .put("apiUrl", "http://127.0.0.1:9");
        JsonNode saved = post("/api/projects/" + project + "/github-config", ADMIN, config.toString())
                .json();
        assertThat(saved.path("repository").asText()).as(saved.toString()).isEqualTo("octo/hello");
        read(project, "commits", commit("c1", user(1, "ann")));

        post(
                "/api/projects/" + project + "/github-config",
                ADMIN,
                config.put("apiUrl", "http://127.0.0.1:10").toString());
        read(project, "commits", commit("c2", user(1, "tina")));

        assertThat(commits(project, "ann")).containsExactly("c1");
    }
}
