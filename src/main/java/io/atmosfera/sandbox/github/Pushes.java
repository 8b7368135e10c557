package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What developers push: commits, branches, tags. */
final class Pushes {

    private static final String BRANCH = "refs/heads/";
    private static final String TAG = "refs/tags/";

    private final Repository repository;
    private final CommitGraph graph;
    private final Shapes shapes;

    Pushes(Repository repository) {
        this.repository = repository;
        this.graph = repository.graph();
        this.shapes = repository.shapes();
    }

    /** A commit on a branch, which is pushed at once. */
    Commit commit(String branch, Developer author, String message, Map<String, String> files, Instant at) {
        Commit before = graph.head(branch);
        Commit commit = graph.commit(branch, author, message, files, at);
        pushed(BRANCH + branch, before == null ? Sha.NONE : before.sha(), commit.sha(), author, List.of(commit), at);
        return commit;
    }

    /** A new branch at the head of main. */
    void branch(String branch, Developer author, Instant at) {
        String head = graph.get(Shapes.MAIN).sha();
        graph.branches().put(branch, head);
        repository.pushed(at);
        repository.tell("create", author, reference(branch, "branch"));
        pushed(BRANCH + branch, Sha.NONE, head, author, List.of(), at);
    }

    void delete(String branch, Developer author, Instant at) {
        String head = graph.branches().remove(branch);
        if (head != null) {
            repository.pushed(at);
            repository.tell("delete", author, reference(branch, "branch"));
            pushed(BRANCH + branch, head, Sha.NONE, author, List.of(), at);
        }
    }

    /** Merges a branch into main; gives the commit that did it. */
    Commit merge(String from, boolean squash, Developer author, String message, Instant at) {
        Commit before = graph.get(Shapes.MAIN);
        Commit merged = graph.merge(from, Shapes.MAIN, squash, author, message, at);
        List<Commit> commits = graph.between(before.sha(), merged.sha());
        pushed(BRANCH + Shapes.MAIN, before.sha(), merged.sha(), author, commits, at);
        return merged;
    }

    void tag(String tag, Developer author, Instant at) {
        String head = graph.get(Shapes.MAIN).sha();
        graph.tags().put(tag, head);
        repository.pushed(at);
        repository.tell("create", author, reference(tag, "tag"));
        pushed(TAG + tag, Sha.NONE, head, author, List.of(), at);
    }

    private ObjectNode reference(String name, String type) {
        return Json.object()
                .put("ref", name)
                .put("ref_type", type)
                .put("master_branch", Shapes.MAIN)
                .put("pusher_type", "user");
    }

    private void pushed(String ref, String before, String after, Developer author, List<Commit> commits, Instant at) {
        repository.pushed(at);
        ObjectNode payload = Json.object()
                .put("ref", ref)
                .put("before", before)
                .put("after", after)
                .put("created", before.equals(Sha.NONE))
                .put("deleted", after.equals(Sha.NONE))
                .put("forced", false)
                .put("compare", shapes.html("/compare/" + before + "..." + after));
        ArrayNode all = payload.putArray("commits");
        commits.forEach(commit -> all.add(shapes.pushed(commit)));
        @Nullable Commit head = graph.find(after).orElse(null);
        payload.set("head_commit", head == null ? null : shapes.pushed(head));
        payload.putObject("pusher").put("name", author.login()).put("email", author.email());
        repository.tell("push", author, payload);
    }
}
