package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.http.Reply;

/** The door by which a person at the keyboard lets time pass in the simulated GitHub, or stops it. */
final class GitHubControl {

    private static final String HELP =
            """
            A simulated GitHub. Its API is under /repos/%s. This door changes what it does:

            GET  /sandbox/state    commits, branches, open pull requests
            POST /sandbox/change   something happens at once: a commit, a review, a run that ends ...
            POST /sandbox/pause    nothing happens by itself any more
            POST /sandbox/resume   it does again
            """;

    private final Repository repository;
    private final RepositoryChanges changes;
    private final Work work;

    GitHubControl(Repository repository, RepositoryChanges changes, Work work) {
        this.repository = repository;
        this.changes = changes;
        this.work = work;
    }

    Reply answer(RecordedRequest request) {
        String path = request.path().replaceAll("/$", "");
        return switch (request.method() + " " + path) {
            case "GET /sandbox" ->
                Reply.of(
                        200,
                        "text/plain;charset=UTF-8",
                        HELP.formatted(repository.shapes().fullName()));
            case "GET /sandbox/state" -> Reply.json(200, state());
            case "POST /sandbox/change" -> {
                changes.change();
                yield Reply.json(200, state());
            }
            case "POST /sandbox/pause" -> pause(true);
            case "POST /sandbox/resume" -> pause(false);
            default -> GitHubErrors.of(404, "There is no " + request.method() + " " + path + "; see GET /sandbox");
        };
    }

    private Reply pause(boolean on) {
        changes.pause(on);
        return Reply.json(200, state());
    }

    private ObjectNode state() {
        synchronized (repository) {
            return Json.object()
                    .put("commits", repository.graph().size())
                    .put("branches", repository.graph().branches().size())
                    .put("openPulls", work.pulls().open().size())
                    .put("changesPaused", changes.isPaused());
        }
    }
}
