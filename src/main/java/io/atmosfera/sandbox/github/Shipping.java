package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.time.Instant;
import java.util.List;

/** Deployments and releases. */
final class Shipping {

    private final Repository repository;
    private final Shapes shapes;
    private final Pushes pushes;

    Shipping(Repository repository, Pushes pushes) {
        this.repository = repository;
        this.shapes = repository.shapes();
        this.pushes = pushes;
    }

    /** Deploys the head of main to staging or production, between two moments. */
    void deploy(String environment, boolean success, Developer by, Instant begin, Instant end) {
        long id = repository.nextId();
        String since = begin.toString();
        ObjectNode deployment = Json.object()
                .put("id", id)
                .put("sha", repository.graph().get(Shapes.MAIN).sha())
                .put("ref", Shapes.MAIN)
                .put("task", "deploy")
                .put("environment", environment)
                .put("original_environment", environment)
                .put("production_environment", environment.equals("production"))
                .put("description", "Deploy to " + environment)
                .put("url", shapes.api("/deployments/" + id))
                .put("statuses_url", shapes.api("/deployments/" + id + "/statuses"))
                .put("created_at", since)
                .put("updated_at", since);
        deployment.putObject("payload");
        deployment.set("creator", by.user(shapes.base()));
        repository.deployments().put(id, deployment);
        ObjectNode payload = Repository.payload("created");
        payload.set("deployment", deployment.deepCopy());
        repository.tell("deployment", by, payload);
        status(deployment, "in_progress", by, since);
        status(deployment, success ? "success" : "failure", by, end.toString());
        repository.prune();
    }

    private void status(ObjectNode deployment, String state, Developer by, String at) {
        long id = deployment.path("id").asLong();
        String environment = deployment.path("environment").asText();
        ObjectNode status = Json.object()
                .put("id", repository.nextId())
                .put("state", state)
                .put("description", "")
                .put("environment", environment)
                .put("environment_url", "https://" + environment + ".tideline.example")
                .put("target_url", shapes.html("/deployments/" + environment))
                .put("created_at", at)
                .put("updated_at", at)
                .put("deployment_url", shapes.api("/deployments/" + id));
        status.set("creator", by.user(shapes.base()));
        repository.statuses(id).add(status);
        deployment.put("updated_at", at);
        ObjectNode payload = Repository.payload("created");
        payload.set("deployment_status", status.deepCopy());
        payload.set("deployment", deployment.deepCopy());
        repository.tell("deployment_status", by, payload);
    }

    /** Tags main and releases it. */
    void release(String version, boolean prerelease, List<String> notes, Developer by, Instant at) {
        String tag = "v" + version;
        pushes.commit(
                Shapes.MAIN,
                by,
                "Release " + version,
                SourceFiles.release(repository.graph().tree(Shapes.MAIN), version),
                at);
        pushes.tag(tag, by, at);
        long id = repository.nextId();
        ObjectNode release = Json.object()
                .put("id", id)
                .put("tag_name", tag)
                .put("target_commitish", Shapes.MAIN)
                .put("name", "Tideline " + version)
                .put("body", notes.isEmpty() ? "Maintenance only." : "- " + String.join("\n- ", notes))
                .put("draft", false)
                .put("prerelease", prerelease)
                .put("created_at", at.toString())
                .put("published_at", at.toString())
                .put("updated_at", at.toString())
                .put("url", shapes.api("/releases/" + id))
                .put("html_url", shapes.html("/releases/tag/" + tag));
        release.set("author", by.user(shapes.base()));
        release.putArray("assets");
        repository.releases().put(id, release);
        ObjectNode payload = Repository.payload("published");
        payload.set("release", release.deepCopy());
        repository.tell("release", by, payload);
    }
}
