package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.time.Instant;
import java.util.List;

/** How GitHub writes commits, files and the repository. */
final class Shapes {

    static final long REPOSITORY_ID = 731_904_256;
    static final String MAIN = "main";

    private final String base;
    private final String fullName;

    /**
     * Shapes of one repository.
     *
     * @param base where the API is, without a slash at the end
     * @param fullName owner/name
     */
    Shapes(String base, String fullName) {
        this.base = base;
        this.fullName = fullName;
    }

    String base() {
        return base;
    }

    String fullName() {
        return fullName;
    }

    String owner() {
        return fullName.substring(0, fullName.indexOf('/'));
    }

    /** An address of the API below the repository. */
    String api(String path) {
        return base + "/repos/" + fullName + path;
    }

    /** An address for people. */
    String html(String path) {
        return base + "/" + fullName + path;
    }

    ObjectNode repository(Instant createdAt, Instant pushedAt) {
        ObjectNode node = Json.object()
                .put("id", REPOSITORY_ID)
                .put("name", fullName.substring(fullName.indexOf('/') + 1))
                .put("full_name", fullName)
                .put("private", true)
                .put("fork", false)
                .put("archived", false)
                .put("disabled", false)
                .put("description", "Booking and boarding for ferries")
                .put("homepage", "")
                .put("language", "Java")
                .put("default_branch", MAIN)
                .put("visibility", "private")
                .put("url", api(""))
                .put("html_url", html(""))
                .put("created_at", createdAt.toString())
                .put("updated_at", pushedAt.toString())
                .put("pushed_at", pushedAt.toString());
        node.putArray("topics").add("ferry").add("booking");
        node.putObject("owner").put("login", owner()).put("id", 9000).put("type", "Organization");
        node.putObject("permissions")
                .put("admin", true)
                .put("maintain", true)
                .put("push", true)
                .put("triage", true)
                .put("pull", true);
        return node;
    }

    /** As a list has it. */
    ObjectNode commit(Commit commit) {
        ObjectNode node = Json.object().put("sha", commit.sha());
        ObjectNode git = node.putObject("commit").put("message", commit.message());
        git.set("author", signature(commit));
        git.set("committer", signature(commit));
        git.putObject("tree").put("sha", Sha.of("tree " + commit.sha()));
        git.put("comment_count", 0);
        node.put("url", api("/commits/" + commit.sha())).put("html_url", html("/commit/" + commit.sha()));
        node.set("author", commit.author().user(base));
        node.set("committer", commit.author().user(base));
        ArrayNode parents = node.putArray("parents");
        commit.parents().forEach(sha -> parents.addObject().put("sha", sha).put("url", api("/commits/" + sha)));
        return node;
    }

    /** As it is by itself: also with its figures and files. */
    ObjectNode commitWithFiles(Commit commit) {
        ObjectNode node = commit(commit);
        FileChange.Figures figures = commit.figures();
        node.putObject("stats")
                .put("additions", figures.additions())
                .put("deletions", figures.deletions())
                .put("total", figures.additions() + figures.deletions());
        node.set("files", files(commit.changes()));
        return node;
    }

    /** As the webhook of a push has it. */
    ObjectNode pushed(Commit commit) {
        ObjectNode node = Json.object()
                .put("id", commit.sha())
                .put("tree_id", Sha.of("tree " + commit.sha()))
                .put("distinct", true)
                .put("message", commit.message())
                .put("timestamp", commit.at().toString())
                .put("url", html("/commit/" + commit.sha()));
        for (String role : List.of("author", "committer")) {
            node.putObject(role)
                    .put("name", commit.author().displayName())
                    .put("email", commit.author().email())
                    .put("username", commit.author().login());
        }
        ArrayNode added = node.putArray("added");
        ArrayNode removed = node.putArray("removed");
        ArrayNode modified = node.putArray("modified");
        for (FileChange change : commit.changes()) {
            (change.before() == null ? added : change.after() == null ? removed : modified).add(change.path());
        }
        return node;
    }

    ArrayNode files(List<FileChange> changes) {
        ArrayNode files = Json.array();
        for (FileChange change : changes) {
            FileChange.Figures figures = change.figures();
            String after = change.after();
            files.addObject()
                    .put("sha", after == null ? Sha.NONE : Sha.ofBlob(after))
                    .put("filename", change.path())
                    .put("status", change.status())
                    .put("additions", figures.additions())
                    .put("deletions", figures.deletions())
                    .put("changes", figures.additions() + figures.deletions());
        }
        return files;
    }

    private static ObjectNode signature(Commit commit) {
        return Json.object()
                .put("name", commit.author().displayName())
                .put("email", commit.author().email())
                .put("date", commit.at().toString());
    }
}
