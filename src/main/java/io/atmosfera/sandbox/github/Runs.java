package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Workflow runs and their checks. */
final class Runs {

    /** A workflow and its jobs. */
    private record Workflow(long id, String path, List<String> jobs) {}

    private static final Map<String, Workflow> WORKFLOWS = Map.of(
            "Build", new Workflow(61001, ".github/workflows/build.yml", List.of("build", "unit tests", "web")),
            "Deploy", new Workflow(61002, ".github/workflows/deploy.yml", List.of("deploy")));

    private final Repository repository;
    private final Shapes shapes;

    Runs(Repository repository) {
        this.repository = repository;
        this.shapes = repository.shapes();
    }

    /**
     * Begins a run of a workflow for a commit.
     *
     * @param event push or pull_request
     * @return its id
     */
    long start(String name, String event, String branch, Commit commit, Developer actor, Instant at) {
        Workflow workflow = WORKFLOWS.getOrDefault(name, new Workflow(61000, "", List.of("all")));
        long id = repository.nextId();
        long suite = repository.nextId();
        long earlier = repository.runs().values().stream()
                .filter(run -> run.path("name").asText().equals(name))
                .mapToLong(run -> run.path("run_number").asLong())
                .max()
                .orElse(0);
        ObjectNode run = Json.object()
                .put("id", id)
                .put("name", name)
                .put("head_branch", branch)
                .put("head_sha", commit.sha())
                .put("path", workflow.path())
                .put("display_title", commit.title())
                .put("run_number", earlier + 1)
                .put("event", event)
                .put("status", "in_progress")
                .putNull("conclusion")
                .put("workflow_id", workflow.id())
                .put("check_suite_id", suite)
                .put("url", shapes.api("/actions/runs/" + id))
                .put("html_url", shapes.html("/actions/runs/" + id))
                .put("jobs_url", shapes.api("/actions/runs/" + id + "/jobs"))
                .put("created_at", at.toString())
                .put("updated_at", at.toString())
                .put("run_started_at", at.toString())
                .put("run_attempt", 1);
        run.putArray("pull_requests");
        run.set("actor", actor.user(shapes.base()));
        run.set("triggering_actor", actor.user(shapes.base()));
        run.set("head_commit", shapes.pushed(commit));
        repository.runs().put(id, run);
        tell("requested", run, actor);
        workflow.jobs().forEach(job -> check(job, run, suite, actor, at));
        repository.prune();
        return id;
    }

    private void check(String job, ObjectNode run, long suite, Developer actor, Instant at) {
        long id = repository.nextId();
        long runId = run.path("id").asLong();
        ObjectNode check = Json.object()
                .put("id", id)
                .put("run_id", runId)
                .put("name", job)
                .put("head_sha", run.path("head_sha").asText())
                .put("status", "in_progress")
                .putNull("conclusion")
                .put("started_at", at.toString())
                .putNull("completed_at")
                .put("url", shapes.api("/check-runs/" + id))
                .put("html_url", shapes.html("/actions/runs/" + runId + "/job/" + id));
        check.putObject("check_suite").put("id", suite);
        check.putObject("app").put("id", 15368).put("slug", "github-actions").put("name", "GitHub Actions");
        check.putArray("pull_requests");
        repository.checks().put(id, check);
        ObjectNode payload = Repository.payload("created");
        payload.set("check_run", check.deepCopy());
        repository.tell("check_run", actor, payload);
    }

    /** The one that has been running longest, if one runs. */
    Optional<ObjectNode> running() {
        return repository.runs().values().stream()
                .filter(run -> run.path("status").asText().equals("in_progress"))
                .findFirst();
    }

    /** Ends a run. Where it fails, the last of its jobs did. */
    void finish(long id, boolean success, Instant at) {
        ObjectNode run = repository.runs().get(id);
        if (run == null) {
            return;
        }
        Developer actor = Developer.TEAM.stream()
                .filter(one ->
                        one.login().equals(run.path("actor").path("login").asText()))
                .findFirst()
                .orElse(Developer.CALLER);
        List<ObjectNode> jobs = repository.checks().values().stream()
                .filter(check -> check.path("run_id").asLong() == id)
                .toList();
        for (ObjectNode check : jobs) {
            boolean failed = !success && check == jobs.get(jobs.size() - 1);
            check.put("status", "completed")
                    .put("conclusion", failed ? "failure" : "success")
                    .put("completed_at", at.toString());
            ObjectNode payload = Repository.payload("completed");
            payload.set("check_run", check.deepCopy());
            repository.tell("check_run", actor, payload);
        }
        run.put("status", "completed")
                .put("conclusion", success ? "success" : "failure")
                .put("updated_at", at.toString());
        tell("completed", run, actor);
    }

    private void tell(String action, ObjectNode run, Developer actor) {
        ObjectNode payload = Repository.payload(action);
        payload.set("workflow_run", run.deepCopy());
        payload.putObject("workflow")
                .put("id", run.path("workflow_id").asLong())
                .put("name", run.path("name").asText())
                .put("path", run.path("path").asText());
        repository.tell("workflow_run", actor, payload);
    }
}
