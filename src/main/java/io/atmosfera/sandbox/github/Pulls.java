package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Pull requests and issues: opened, reviewed, merged, closed. */
final class Pulls {

    private final Repository repository;
    private final Shapes shapes;
    private final CommitGraph graph;
    private final Pushes pushes;

    Pulls(Repository repository, Pushes pushes) {
        this.repository = repository;
        this.shapes = repository.shapes();
        this.graph = repository.graph();
        this.pushes = pushes;
    }

    /** Opens one for a branch; gives its number. */
    int open(String branch, String title, String body, boolean draft, String label, Developer author, Instant at) {
        int number = repository.nextNumber();
        ObjectNode pull = thing(number, title, body, label, author, at)
                .put("id", repository.nextId())
                .put("url", shapes.api("/pulls/" + number))
                .put("html_url", shapes.html("/pull/" + number))
                .put("issue_url", shapes.api("/issues/" + number))
                .put("draft", draft)
                .putNull("merged_at")
                .putNull("merge_commit_sha")
                .put("merged", false)
                .putNull("mergeable")
                .putNull("merged_by");
        Developer reviewer = Developer.TEAM.get((Developer.TEAM.indexOf(author) + 1) % Developer.TEAM.size());
        pull.putArray("requested_reviewers").add(reviewer.user(shapes.base()));
        pull.set("head", end(branch, graph.get(branch).sha()));
        pull.set("base", end(Shapes.MAIN, graph.mergeBase(Shapes.MAIN, branch)));
        repository.pulls().put(number, pull);
        refresh(pull);
        tell("opened", pull, author);
        return number;
    }

    /** The branch of one has moved. */
    void moved(int number, Developer author, Instant at) {
        ObjectNode pull = get(number);
        String branch = pull.path("head").path("ref").asText();
        String before = pull.path("head").path("sha").asText();
        pull.set("head", end(branch, graph.get(branch).sha()));
        pull.put("updated_at", at.toString());
        refresh(pull);
        ObjectNode payload = payload("synchronize", pull)
                .put("before", before)
                .put("after", pull.path("head").path("sha").asText());
        repository.tell("pull_request", author, payload);
    }

    /** @param state approved, changes_requested or commented */
    void review(int number, Developer reviewer, String state, String text, Instant at) {
        ObjectNode pull = get(number);
        long id = repository.nextId();
        ObjectNode review = Json.object()
                .put("id", id)
                .put("state", state.toUpperCase(Locale.ROOT))
                .put("body", text)
                .put("commit_id", pull.path("head").path("sha").asText())
                .put("submitted_at", at.toString())
                .put("pull_request_url", shapes.api("/pulls/" + number))
                .put("html_url", shapes.html("/pull/" + number + "#pullrequestreview-" + id));
        review.set("user", reviewer.user(shapes.base()));
        repository.reviews(number).add(review);
        pull.put("updated_at", at.toString());
        pull.putArray("requested_reviewers");
        ObjectNode payload = payload("submitted", pull);
        // Webhooks write states small.
        payload.set("review", review.deepCopy().put("state", state));
        repository.tell("pull_request_review", reviewer, payload);
    }

    /** Dismisses the last review, where that asked for changes. */
    void dismiss(int number, Developer by, Instant at) {
        List<ObjectNode> reviews = repository.reviews(number);
        ObjectNode last = reviews.isEmpty() ? null : reviews.get(reviews.size() - 1);
        if (last == null || !last.path("state").asText().equals("CHANGES_REQUESTED")) {
            return;
        }
        last.put("state", "DISMISSED");
        ObjectNode pull = get(number).put("updated_at", at.toString());
        ObjectNode payload = payload("dismissed", pull);
        payload.set("review", last.deepCopy().put("state", "dismissed"));
        repository.tell("pull_request_review", by, payload);
    }

    /** Merges one and deletes its branch; gives the commit on main. */
    Commit merge(int number, boolean squash, Developer by, Instant at) {
        ObjectNode pull = get(number);
        String branch = pull.path("head").path("ref").asText();
        String title = pull.path("title").asText();
        String message = squash
                ? title + " (#" + number + ")"
                : "Merge pull request #" + number + " from " + shapes.owner() + "/" + branch + "\n\n" + title;
        Commit merged = pushes.merge(branch, squash, by, message, at);
        pull.put("merged", true).put("merged_at", at.toString()).put("merge_commit_sha", merged.sha());
        pull.set("merged_by", by.user(shapes.base()));
        close(number, by, at);
        pushes.delete(branch, by, at);
        return merged;
    }

    boolean isDraft(int number) {
        return get(number).path("draft").asBoolean();
    }

    /** One that was a draft can be reviewed. */
    void ready(int number, Instant at) {
        ObjectNode pull = get(number).put("draft", false).put("updated_at", at.toString());
        tell("ready_for_review", pull, author(pull));
    }

    /** Who has opened one. */
    static Developer author(ObjectNode pull) {
        String login = pull.path("user").path("login").asText();
        return Developer.TEAM.stream()
                .filter(one -> one.login().equals(login))
                .findFirst()
                .orElse(Developer.TEAM.get(0));
    }

    void close(int number, Developer by, Instant at) {
        ObjectNode pull = get(number);
        pull.put("state", "closed").put("closed_at", at.toString()).put("updated_at", at.toString());
        tell("closed", pull, by);
    }

    List<ObjectNode> open() {
        return repository.pulls().values().stream()
                .filter(pull -> pull.path("state").asText().equals("open"))
                .toList();
    }

    /** An issue of GitHub's own; gives its number. */
    int openIssue(String title, String body, String label, Developer author, Instant at) {
        int number = repository.nextNumber();
        ObjectNode issue = thing(number, title, body, label, author, at)
                .put("id", repository.nextId())
                .put("url", shapes.api("/issues/" + number))
                .put("html_url", shapes.html("/issues/" + number))
                .putNull("state_reason");
        repository.issues().put(number, issue);
        tellOfIssue("opened", issue, author);
        return number;
    }

    void closeIssue(int number, Developer by, Instant at) {
        ObjectNode issue = repository.issues().get(number);
        if (issue != null) {
            issue.put("state", "closed")
                    .put("state_reason", "completed")
                    .put("closed_at", at.toString())
                    .put("updated_at", at.toString());
            tellOfIssue("closed", issue, by);
        }
    }

    private void tellOfIssue(String action, ObjectNode issue, Developer by) {
        ObjectNode payload = Repository.payload(action);
        payload.set("issue", issue.deepCopy());
        repository.tell("issues", by, payload);
    }

    private ObjectNode thing(int number, String title, String body, String label, Developer author, Instant at) {
        ObjectNode thing = Json.object()
                .put("number", number)
                .put("state", "open")
                .put("locked", false)
                .put("title", title)
                .put("body", body)
                .putNull("milestone")
                .put("comments", 0)
                .put("author_association", "MEMBER")
                .put("created_at", at.toString())
                .put("updated_at", at.toString())
                .putNull("closed_at");
        thing.set("user", author.user(shapes.base()));
        thing.putArray("assignees").add(author.user(shapes.base()));
        thing.putArray("labels")
                .addObject()
                .put("id", Math.abs(label.hashCode()))
                .put("name", label)
                .put("color", "0e8a16");
        return thing;
    }

    private ObjectNode end(String ref, String sha) {
        ObjectNode end = Json.object()
                .put("label", shapes.owner() + ":" + ref)
                .put("ref", ref)
                .put("sha", sha);
        end.set("repo", repository.json());
        return end;
    }

    private void refresh(ObjectNode pull) {
        String base = pull.path("base").path("sha").asText();
        String head = pull.path("head").path("sha").asText();
        List<FileChange> changes = graph.difference(base, head);
        int additions = 0;
        int deletions = 0;
        for (FileChange change : changes) {
            additions += change.figures().additions();
            deletions += change.figures().deletions();
        }
        pull.put("commits", graph.between(base, head).size())
                .put("additions", additions)
                .put("deletions", deletions)
                .put("changed_files", changes.size())
                .put("review_comments", 0);
    }

    private ObjectNode get(int number) {
        ObjectNode pull = repository.pulls().get(number);
        if (pull == null) {
            throw new IllegalArgumentException("There is no pull request " + number);
        }
        return pull;
    }

    private void tell(String action, ObjectNode pull, Developer by) {
        repository.tell("pull_request", by, payload(action, pull));
    }

    private static ObjectNode payload(String action, ObjectNode pull) {
        ObjectNode payload =
                Repository.payload(action).put("number", pull.path("number").asInt());
        payload.set("pull_request", pull.deepCopy());
        return payload;
    }
}
