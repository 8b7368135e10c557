package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** What becomes of pages that come twice, late, or in parts. */
class GitHubStoreTest extends GitHubRows {

    @Autowired
    DataSource dataSource;

    // What PostgreSQL does not take

    /** Letters that no compression makes shorter. */
    private static String letters(int number) {
        Random random = new Random(number);
        return random.ints(number, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static ObjectNode node(String json) {
        return (ObjectNode) tree(json);
    }

    @Test
    void aCommitThatCannotBeStoredIsSetAsideAndItsPageGoesOn() {
        long project = project();
        ObjectNode nobody = node(commit("nobody", "PROJ-1", "2026-01-02T00:00:00Z"));
        ((ObjectNode) nobody.path("commit")).putNull("author").putNull("committer");
        ObjectNode noDates = node(commit("nodates", "PROJ-2", ""));
        ObjectNode oneDate = node(commit("onedate", "PROJ-3", "2026-01-02T00:00:00Z"));
        ((ObjectNode) oneDate.path("commit").path("author")).put("date", "");
        ObjectNode odd = node("{\"sha\": \"odd\", \"commit\": \"no object\"}");
        ObjectNode far = node(commit("far", "PROJ-4", "2026-01-02T00:00:00+18:00"));
        ObjectNode named = node(commit("named", "PROJ-5", "2026-01-02T00:00:00Z"));
        ((ObjectNode) named.path("commit").path("author")).put("name", letters(6000));

        Counts counts = store(
                project,
                "commits",
                array(
                        commit("good", "PROJ-6", "2026-01-02T00:00:00Z"),
                        nobody.toString(),
                        noDates.toString(),
                        oneDate.toString(),
                        odd.toString(),
                        far.toString(),
                        named.toString(),
                        "null"));

        assertThat(counts).isEqualTo(new Counts(4, 4, 0, 0));
        JsonNode errors = list(project, "github-errors");
        assertThat(texts(errors, "ref")).containsExactlyInAnyOrder("nobody", "nodates", "odd", "?");
        for (JsonNode error : errors) {
            assertThat(error.path("stream").asText()).isEqualTo("commits");
            assertThat(error.path("reason").asText())
                    .isIn(
                            "It has no readable authored_at.",
                            "It has no readable sha.",
                            "It does not look like what GitHub's API describes.");
        }
        assertThat(texts(list(project, "github-commits"), "sha"))
                .containsExactlyInAnyOrder("good", "onedate", "far", "named");

        // What can be stored later leaves the list.
        store(project, "commits", array(commit("nobody", "PROJ-1", "2026-01-02T00:00:00Z")));
        assertThat(texts(list(project, "github-errors"), "ref"))
                .doesNotContain("nobody")
                .hasSize(3);
        store(project, "commits", array(noDates.toString()));
        assertThat(row("SELECT attempts FROM github_set_aside WHERE project_id = ? AND ref = 'nodates'", project))
                .containsEntry("attempts", 2);
    }

    @Test
    void aPathThatNoIndexTakesIsCut() {
        long project = project();
        ObjectNode commit = node(commit("c1", "PROJ-1", "2026-01-02T00:00:00Z"));
        commit.putObject("stats").put("additions", 1).put("deletions", 0);
        commit.putArray("files")
                .addObject()
                .put("filename", "src/" + letters(4000))
                .put("status", "added");
        store(project, "commits", array(commit.toString()));
        store(project, "pulls", array(pull(1, "One", "2026-01-02T00:00:00Z", letters(3000), "")));
        store(
                project,
                "pull-files",
                1,
                array(
                        node("{\"status\": \"added\"}")
                                .put("filename", letters(4000))
                                .toString(),
                        node("{\"status\": \"added\"}")
                                .put("filename", letters(4000) + "x")
                                .toString()));

        assertThat(row("SELECT path FROM github_commit_files WHERE project_id = ?", project)
                        .get("path")
                        .toString())
                .startsWith("src/" + letters(4000).substring(0, 2000))
                .contains("…")
                .hasSizeLessThan(2401);
        assertThat(count("github_pull_files WHERE project_id = ?", project)).isEqualTo(2);
        assertThat(list(project, "github-pulls")).hasSize(1);
    }

    @Test
    void aNameThatNoIndexTakesIsSetAside() {
        long project = project();
        String name = letters(3000);
        Map<String, Object> asked = Map.of("fetchedAt", "2026-01-02T00:00:00Z");
        for (String stream : List.of("branches", "tags")) {
            ArrayNode page = JSON.createArrayNode();
            page.addObject().put("name", "good").putObject("commit").put("sha", "c1");
            page.addObject().put("name", name).putObject("commit").put("sha", "c2");
            sent(
                    "direct:github-store",
                    page,
                    Map.of("projectId", project, "repositoryId", REPOSITORY, "stream", stream),
                    asked);
        }

        assertThat(texts(list(project, "github-branches"), "name")).containsExactly("good");
        assertThat(texts(list(project, "github-tags"), "name")).containsExactly("good");
        assertThat(texts(list(project, "github-errors"), "reason")).hasSize(2).allSatisfy(reason -> assertThat(reason)
                .isEqualTo("Its name is longer than 1000 bytes."));
    }

    @Test
    void everyStreamSetsAsideWhatItCannotStore() {
        long project = project();
        for (String stream : List.of(
                "pulls",
                "issues",
                "releases",
                "workflow-runs",
                "check-runs",
                "deployments",
                "pull-reviews",
                "repository")) {
            store(project, stream, array("{\"id\": 4711, \"number\": 12, \"updated_at\": \"\"}"));
        }

        assertThat(texts(list(project, "github-errors"), "stream"))
                .containsExactlyInAnyOrder(
                        "pulls",
                        "issues",
                        "releases",
                        "workflow-runs",
                        "check-runs",
                        "deployments",
                        "pull-reviews",
                        "repository");
    }

    @Test
    void aPageIsHalvedUntilWhatCannotBeStoredStandsAlone() {
        long project = project();
        List<String> streams = List.of("pull-files", "pull-commits", "commit-statistics", "deployment-statuses");
        for (String stream : streams) {
            store(
                    project,
                    stream,
                    array(
                            "{\"id\": \"one\", \"oid\": \"a\", \"additions\": 99999999999}",
                            "{\"id\": \"two\", \"oid\": \"b\", \"additions\": 99999999999}"));
        }

        for (String stream : streams) {
            assertThat(texts(list(project, "github-errors"), "stream"))
                    .as(stream)
                    .contains(stream);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "releases          |      | github_releases | [{\"id\": 1, \"tag_name\": \"v1\"}, {\"id\": 2, \"tag_name\": \"v2\"}]",
                "branch-protection | main | github_branches | [{\"enforce_admins\": {\"enabled\": true}}]"
            })
    void aFailureThatIsNotOfTheObjectsIsNoneOfTheirs(String stream, @Nullable String key, String table, String page)
            throws SQLException {
        long project = project();
        Throwable failure;
        try (Connection other = dataSource.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<Throwable> storing = CompletableFuture.supplyAsync(
                    () -> catchThrowable(() -> store(project, REPOSITORY, stream, key, tree(page))));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> count("(SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                    + " AND query LIKE '%" + table + "%' OFFSET 0) waiting"
                                    + " WHERE pg_cancel_backend(pid)")
                            > 0);
            failure = storing.join();
            other.rollback();
        }

        assertThat(failure)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("canceling statement due to user request");
        assertThat(list(project, "github-errors")).isEmpty();
        assertThat(list(project, "github-releases")).isEmpty();
    }

    // Pull requests

    @Test
    void aPageIsCountedByWhatItChanges() {
        long project = project();
        assertThat(store(
                        project,
                        "pulls",
                        array(pull(1, "One", "2026-01-02T00:00:00Z"), pull(2, "Two", "2026-01-02T00:00:00Z"))))
                .isEqualTo(new Counts(2, 2, 0, 0));
        assertThat(store(
                        project,
                        "pulls",
                        array(
                                pull(1, "One", "2026-01-02T00:00:00Z"),
                                pull(2, "Two again", "2026-01-03T00:00:00Z"),
                                pull(3, "Three", "2026-01-02T00:00:00Z"))))
                .isEqualTo(new Counts(3, 1, 1, 1));
    }

    @Test
    void whatIsUnchangedIsNotWrittenAgain() {
        long project = project();
        String page = array(pull(1, "PROJ-1", "2026-01-02T00:00:00Z"));
        store(project, "pulls", page);
        store(project, "commits", array(commit("c1", "PROJ-1", "2026-01-02T00:00:00Z")));
        String versions = "SELECT (SELECT array_agg(xmin::text) FROM github_pulls WHERE project_id = ?) AS pulls,"
                + " (SELECT array_agg(xmin::text) FROM github_commits WHERE project_id = ?) AS commits,"
                + " (SELECT array_agg(xmin::text) FROM github_links WHERE project_id = ?) AS links";
        String before = row(versions, project, project, project).toString();

        assertThat(store(project, "pulls", page)).isEqualTo(new Counts(1, 0, 0, 1));
        assertThat(store(project, "commits", array(commit("c1", "PROJ-1", "2026-01-02T00:00:00Z"))))
                .isEqualTo(new Counts(1, 0, 0, 1));

        assertThat(row(versions, project, project, project).toString()).isEqualTo(before);
    }

    @Test
    void anOlderOneNeverOverwrites() {
        long project = project();
        store(project, "pulls", array(pull(1, "New", "2026-01-03T00:00:00Z")));

        assertThat(store(project, "pulls", array(pull(1, "Old", "2026-01-02T00:00:00Z"))))
                .isEqualTo(new Counts(1, 0, 0, 1));

        assertThat(list(project, "github-pulls").path(0).path("title").asText()).isEqualTo("New");
    }

    @Test
    void ofTwoInAPageTheLaterCounts() {
        long project = project();
        store(
                project,
                "pulls",
                array(pull(1, "Late", "2026-01-03T00:00:00Z"), pull(1, "Early", "2026-01-02T00:00:00Z")));
        assertThat(list(project, "github-pulls").path(0).path("title").asText()).isEqualTo("Late");
    }

    @Test
    void figuresStayUntilTheHeadMovesOn() {
        long project = project();
        String figures = "{\"additions\": 5, \"deletions\": 2, \"changed_files\": 1, \"commits\": 3, \"comments\": 4,"
                + " \"merged_by\": {\"login\": \"hubot\"}}";
        store(project, "pulls", pull(1, "One", "2026-01-02T00:00:00Z", "work", figures));
        store(project, "pulls", array(pull(1, "One, renamed", "2026-01-03T00:00:00Z", "work", "")));
        assertThat(row("SELECT additions, commits_count, merged_by FROM github_pulls WHERE project_id = ?", project))
                .isEqualTo(Map.of("additions", 5, "commits_count", 3, "merged_by", "hubot"));

        store(
                project,
                "pulls",
                array(pull(
                        1,
                        "One",
                        "2026-01-04T00:00:00Z",
                        "work",
                        "{\"head\": {\"ref\": \"work\", \"sha\": \"next\"}}")));

        assertThat(row("SELECT additions FROM github_pulls WHERE project_id = ?", project)
                        .get("additions"))
                .isNull();
    }

    @Test
    void filesAndCommitsAreThoseOfThePresentHead() {
        long project = project();
        store(project, "pulls", array(pull(7, "Seven", "2026-01-02T00:00:00Z")));
        String file = "{\"filename\": \"%s\", \"status\": \"added\", \"additions\": 1, \"deletions\": 0}";
        store(project, "pull-files", 7, array(file.formatted("a"), file.formatted("b")));
        store(project, "pull-files", 7, array(file.formatted("c")));
        store(project, "pull-commits", 7, array(commit("k1", "one", "2026-01-01T00:00:00Z")));
        assertThat(count("github_pull_files WHERE project_id = ? AND pull_number = 7", project))
                .isEqualTo(3);

        store(
                project,
                "pulls",
                array(pull(
                        7,
                        "Seven",
                        "2026-01-04T00:00:00Z",
                        "work",
                        "{\"head\": {\"ref\": \"work\", \"sha\": \"next\"}}")));
        store(project, "pull-files", 7, array(file.formatted("b"), file.formatted("d")));
        store(project, "pull-commits", 7, array(commit("k2", "two", "2026-01-01T00:00:00Z")));

        assertThat(jdbc.sql("SELECT path FROM github_pull_files WHERE project_id = ? ORDER BY path")
                        .param(project)
                        .query(String.class)
                        .list())
                .containsExactly("b", "d");
        assertThat(jdbc.sql("SELECT sha FROM github_pull_commits WHERE project_id = ?")
                        .param(project)
                        .query(String.class)
                        .list())
                .containsExactly("k2");
        // A commit stays, and no branch leads to it.
        assertThat(count("github_commits WHERE project_id = ? AND NOT reachable", project))
                .isEqualTo(2);
        store(project, "commits", array(commit("k2", "two", "2026-01-01T00:00:00Z")));
        assertThat(count("github_commits WHERE project_id = ? AND reachable", project))
                .isEqualTo(1);
    }

    @Test
    void theLastWordOfEachReviewerDecides() {
        long project = project();
        store(project, "pulls", array(pull(1, "One", "2026-01-02T00:00:00Z")));
        store(project, "pull-reviews", 1, array(review(1, "ann", "COMMENTED", 1), review(2, "bob", "PENDING", 1)));
        assertThat(decision(project)).isEqualTo("commented");
        store(
                project,
                "pull-reviews",
                1,
                array(review(3, "ann", "APPROVED", 2), review(4, "bob", "CHANGES_REQUESTED", 2)));
        assertThat(decision(project)).isEqualTo("changes_requested");
        store(project, "pull-reviews", 1, array(review(4, "bob", "dismissed", 2)));
        assertThat(decision(project)).isEqualTo("approved");
        // What comes late brings a dismissed review not back.
        assertThat(store(project, "pull-reviews", 1, array(review(4, "bob", "CHANGES_REQUESTED", 2)))
                        .updated())
                .isZero();
        assertThat(count("github_reviews WHERE project_id = ?", project)).isEqualTo(3);
    }

    private String decision(long project) {
        return list(project, "github-pulls").path(0).path("reviewDecision").asText();
    }

    private static String review(long id, String login, String state, int day) {
        return """
                {"id": %d, "user": {"login": "%s"}, "state": "%s", "submitted_at": "2026-01-0%dT00:00:00Z",
                 "pull_request_url": "https://api.github.com/repos/octo/hello/pulls/1"}"""
                .formatted(id, login, state, day);
    }

    // Commits

    @Test
    void detailsComeToACommitAndStay() {
        long project = project();
        store(project, "commits", array(commit("c1", "one", "2026-01-02T00:00:00Z")));
        String detail = commit("c1", "one", "2026-01-02T00:00:00Z")
                .replaceFirst(
                        "\\{",
                        """
                {"stats": {"additions": 3, "deletions": 1, "total": 4}, "files": [
                 {"filename": "src/A.java", "status": "modified", "additions": 2, "deletions": 1},
                 {"filename": "src/B.java", "previous_filename": "src/C.java", "status": "renamed", "additions": 1, "deletions": 0}],""");
        assertThat(store(project, "commits", detail)).isEqualTo(new Counts(1, 0, 1, 0));
        // The second page of its files.
        store(
                project,
                "commits",
                commit("c1", "one", "2026-01-02T00:00:00Z")
                        .replaceFirst(
                                "\\{",
                                """
                {"stats": {"additions": 3, "deletions": 1, "total": 4}, "files": [
                 {"filename": "src/D.java", "status": "added", "additions": 0, "deletions": 0}],"""));
        assertThat(store(project, "commits", array(commit("c1", "one", "2026-01-02T00:00:00Z")))
                        .unchanged())
                .isEqualTo(1);

        assertThat(list(project, "github-commits").path(0).path("changes").toString())
                .isEqualTo("{\"additions\":3,\"deletions\":1,\"total\":4,\"files\":3}");
    }

    @Test
    void aPushSaysLessThanAListAndOverwritesNothing() {
        long project = project();
        String pushed =
                """
                {"id": "c1", "message": "PROJ-1 from a push", "timestamp": "2026-01-02T02:00:00+02:00", "url": "https://github.com/c/c1",
                 "author": {"name": "Mona", "email": "mona@example.com", "username": "mona"}, "committer": {"name": "GitHub"}}""";
        assertThat(store(project, "commits", array(pushed)).created()).isEqualTo(1);
        assertThat(row(
                        "SELECT author_login, committed_at = '2026-01-02T00:00:00Z' AS at, parents IS NULL AS bare"
                                + " FROM github_commits WHERE project_id = ?",
                        project))
                .isEqualTo(Map.of("author_login", "mona", "at", true, "bare", true));

        assertThat(store(project, "commits", array(commit("c1", "PROJ-1", "2026-01-02T00:00:00Z")))
                        .updated())
                .isEqualTo(1);
        assertThat(store(project, "commits", array(pushed)).unchanged()).isEqualTo(1);
    }

    @Test
    void whatNoBranchLeadsToIsNoted() {
        long project = project();
        store(
                project,
                "commits",
                array(child("a", null, 1), child("b", "a", 2), child("old", "b", 3), child("new", "b", 4)));
        store(project, "branches", array("{\"name\": \"main\", \"commit\": {\"sha\": \"new\"}, \"protected\": true}"));
        assertThat(run("direct:github-commits-reachable", project, Map.of()).toString())
                .isEqualTo("{reachable=0, unreachable=1}");
        assertThat(reachable(project)).isEqualTo("a b new");

        // A tag leads there again.
        store(project, "tags", array("{\"name\": \"v1\", \"commit\": {\"sha\": \"old\"}}"));
        run("direct:github-commits-reachable", project, Map.of());
        assertThat(reachable(project)).isEqualTo("a b new old");
    }

    @Test
    void whatMayLieBehindAGapIsNotCalledUnreachable() {
        long project = project();
        // The way back from the head ends at a commit that is not known.
        store(project, "commits", array(child("deep", null, 1), child("late", null, 5), child("head", "unknown", 3)));
        store(project, "branches", array("{\"name\": \"main\", \"commit\": {\"sha\": \"head\"}}"));
        run("direct:github-commits-reachable", project, Map.of());
        assertThat(reachable(project)).isEqualTo("deep head");

        store(project, "branches", array("{\"name\": \"side\", \"commit\": {\"sha\": \"not-here\"}}"));
        store(project, "commits", array(child("later", null, 6)));
        run("direct:github-commits-reachable", project, Map.of());
        assertThat(reachable(project)).isEqualTo("deep head later");
    }

    private String reachable(long project) {
        return String.join(
                " ",
                jdbc.sql("SELECT sha FROM github_commits WHERE project_id = ? AND reachable ORDER BY sha")
                        .param(project)
                        .query(String.class)
                        .list());
    }

    private static String child(String sha, String parent, int day) {
        String commit = commit(sha, sha, "2026-01-0" + day + "T00:00:00Z");
        return parent == null ? commit : commit.replace("\"parents\":[]", "\"parents\":[{\"sha\":\"" + parent + "\"}]");
    }

    // Branches, tags, releases, issues

    @Test
    void aBranchIsWhereItWasSeenLast() {
        long project = project();
        String push =
                """
                {"ref": "refs/heads/PROJ-5-fix", "after": "%s", "repository": {"pushed_at": %d}}""";
        store(project, "branches", array(push.formatted("second", 1_760_000_100)));
        assertThat(store(project, "branches", array(push.formatted("first", 1_760_000_000)))
                        .unchanged())
                .isEqualTo(1);
        // Its creation tells only that it is there.
        store(
                project,
                "branches",
                array(
                        "{\"ref\": \"PROJ-5-fix\", \"ref_type\": \"branch\", \"repository\": {\"pushed_at\": \"2025-10-10T00:00:00Z\"}}"));
        assertThat(row("SELECT name, sha FROM github_branches WHERE project_id = ?", project))
                .isEqualTo(Map.of("name", "PROJ-5-fix", "sha", "second"));

        assertThat(store(
                                project,
                                "branches",
                                array(
                                        "{\"name\": \"PROJ-5-fix\", \"commit\": {\"sha\": \"third\"}, \"protected\": true}"))
                        .updated())
                .isEqualTo(1);
        // Late, it is no news, nor is it gone.
        store(project, "branches", array(push.formatted("second", 1_760_000_100)));
        run(
                "direct:github-branches-gone",
                project,
                Map.of("ids", "[\"PROJ-5-fix\"]", "goneAt", "2025-10-09T09:00:00Z"));
        assertThat(row("SELECT sha, protected FROM github_branches WHERE project_id = ?", project))
                .isEqualTo(Map.of("sha", "third", "protected", true));

        assertThat(store(project, "branch-protection", "PROJ-5-fix", "{\"enforce_admins\": {\"enabled\": true}}")
                        .updated())
                .isEqualTo(1);
        assertThat(run("direct:github-branches-gone", project, Map.of("ids", "[\"PROJ-5-fix\"]")))
                .isEqualTo(1);
        assertThat(count("github_links WHERE project_id = ?", project)).isZero();
    }

    @Test
    void aCensusRemovesWhatIsNotThereAnyMore() {
        long project = project();
        store(
                project,
                "branches",
                array(
                        "{\"name\": \"main\", \"commit\": {\"sha\": \"a\"}}",
                        "{\"name\": \"PROJ-1\", \"commit\": {\"sha\": \"a\"}}"));
        store(
                project,
                "tags",
                array(
                        "{\"name\": \"v1\", \"commit\": {\"sha\": \"a\"}}",
                        "{\"name\": \"v2\", \"commit\": {\"sha\": \"a\"}}"));
        store(project, "releases", array("{\"id\": 1, \"tag_name\": \"v1\"}", "{\"id\": 2, \"tag_name\": \"v2\"}"));

        // What came in after GitHub was asked is not missing.
        run("direct:github-branches-census", project, Map.of("ids", "[\"main\"]", "since", "2020-01-01T00:00:00Z"));
        assertThat(list(project, "github-branches")).hasSize(2);

        Map<String, String> later = Map.of("ids", "[\"main\", \"v1\"]", "since", "2100-01-01T00:00:00Z");
        assertThat(run("direct:github-branches-census", project, later)).isEqualTo(1);
        assertThat(run("direct:github-tags-census", project, later)).isEqualTo(1);
        assertThat(run("direct:github-releases-census", project, Map.of("ids", "[2]", "since", "2100-01-01T00:00:00Z")))
                .isEqualTo(1);
        assertThat(count("github_links WHERE project_id = ?", project)).isZero();
        assertThat(run("direct:github-tags-gone", project, Map.of("ids", "[\"v1\"]")))
                .isEqualTo(1);
        assertThat(run("direct:github-releases-gone", project, Map.of("ids", "[2]")))
                .isEqualTo(1);
    }

    @Test
    void issuesAreNoPullRequests() {
        long project = project();
        String issue =
                """
                {"id": 5, "number": 5, "title": "PROJ-1", "state": "open", "user": null, "labels": ["plain", {"name": "bug"}], "type": {"name": "Bug"},
                 "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z"}""";
        assertThat(store(
                        project,
                        "issues",
                        array(issue, issue.replace("\"number\": 5", "\"number\": 6, \"pull_request\": {}"))))
                .isEqualTo(new Counts(1, 1, 0, 0));
        assertThat(list(project, "github-issues").path(0).path("author").asText())
                .isEqualTo("ghost");
        assertThat(texts(list(project, "github-issues").path(0).path("labels"))).containsExactly("bug", "plain");

        assertThat(run("direct:github-issues-gone", project, Map.of("ids", "[5]")))
                .isEqualTo(1);
        assertThat(count("github_links WHERE project_id = ?", project)).isZero();
    }

    // Runs, checks, deployments

    @Test
    void aLaterAttemptOfARunCounts() {
        long project = project();
        String run =
                """
                {"id": 9, "name": "CI", "event": "push", "status": "%s", "conclusion": null, "head_branch": "main", "head_sha": "a", "run_attempt": %d,
                 "created_at": "2026-01-01T00:00:00Z", "run_started_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:0%d:00Z"}""";
        store(
                project,
                "workflow-runs",
                "{\"total_count\": 1, \"workflow_runs\": " + array(run.formatted("completed", 1, 2)) + "}");
        assertThat(store(project, "workflow-runs", array(run.formatted("in_progress", 1, 2)))
                        .unchanged())
                .isEqualTo(1);
        // Its logs were deleted, so it changed: it took no longer.
        store(project, "workflow-runs", array(run.formatted("completed", 1, 5)));
        assertThat(list(project, "github-workflow-runs")
                        .path(0)
                        .path("durationMs")
                        .asLong())
                .isEqualTo(120_000);

        store(project, "workflow-runs", array(run.formatted("in_progress", 2, 1)));
        assertThat(list(project, "github-workflow-runs")
                        .path(0)
                        .path("durationMs")
                        .isNull())
                .isTrue();
        assertThat(list(project, "github-workflow-runs").path(0).path("status").asText())
                .isEqualTo("in_progress");
    }

    @Test
    void aCheckGoesForwardOnly() {
        long project = project();
        String check =
                """
                {"id": 4, "name": "test", "head_sha": "a", "status": "%s", "started_at": "2026-01-01T00:00:00Z", "app": null}""";
        store(project, "check-runs", "{\"check_runs\": " + array(check.formatted("in_progress")) + "}");
        assertThat(store(project, "check-runs", array(check.formatted("completed")))
                        .updated())
                .isEqualTo(1);
        assertThat(store(project, "check-runs", array(check.formatted("queued")))
                        .unchanged())
                .isEqualTo(1);
    }

    @Test
    void aDeploymentHasTheStateOfItsLastStatus() {
        long project = project();
        store(
                project,
                "deployments",
                array(
                        """
                {"id": 3, "sha": "a", "ref": "main", "environment": "production", "payload": "{\\"user\\":\\"atmos\\"}", "creator": null,
                 "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z"}"""));
        String status =
                """
                {"id": %d, "state": "%s", "created_at": "2026-01-01T00:00:0%dZ", "environment_url": "", "target_url": "https://example.com",
                 "deployment_url": "https://api.github.com/repos/octo/hello/deployments/3"}""";
        assertThat(store(
                                project,
                                "deployment-statuses",
                                array(status.formatted(1, "pending", 1), status.formatted(2, "success", 2)))
                        .updated())
                .isEqualTo(1);
        assertThat(store(project, "deployment-statuses", array(status.formatted(1, "pending", 1)))
                        .updated())
                .isZero();
        assertThat(row(
                        "SELECT state, target_url, payload ->> 'user' AS who FROM github_deployments WHERE project_id = ?",
                        project))
                .isEqualTo(Map.of("state", "success", "target_url", "https://example.com", "who", "atmos"));
    }

    // Repositories, and what is odd

    @Test
    void aRepositoryIsKnownByItsNumber() {
        long project = project();
        String repository =
                """
                {"id": 1296269, "full_name": "%s", "default_branch": "main", "pushed_at": %s, "updated_at": "2026-01-0%dT00:00:00Z"}""";
        store(project, "repository", repository.formatted("octo/hello", "1760000000", 1));
        store(project, "repository", repository.formatted("octo/goodbye", "\"2026-01-01T00:00:00Z\"", 2));
        store(project, "repository", repository.formatted("octo/hello", "1760000000", 1));
        assertThat(row("SELECT repository_id, full_name FROM github_repositories WHERE project_id = ?", project))
                .isEqualTo(Map.of("repository_id", REPOSITORY, "full_name", "octo/goodbye"));
    }

    @Test
    void nulAndHalvesOfPairsDoNotStopAPage() {
        long project = project();
        store(project, "pulls", array(pull(1, "a\u0000b \uD83D c \\u0000 \uD83D\uDE00", "2026-01-02T00:00:00Z")));
        assertThat(list(project, "github-pulls").path(0).path("title").asText())
                .isEqualTo("ab \uFFFD c \\u0000 \uD83D\uDE00");
    }

    @Test
    void aDeletedProjectStoresNothing() {
        assertThat(store(999_999_999, "pulls", array(pull(1, "One", "2026-01-02T00:00:00Z"))))
                .isEqualTo(new Counts(0, 0, 0, 0));
    }
}
