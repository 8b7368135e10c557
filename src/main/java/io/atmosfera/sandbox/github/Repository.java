package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * All that is known of the repository. Whoever reads or changes it holds its monitor.
 *
 * <p>Objects are kept as the API shows them by themselves; lists leave some of their members out.
 */
final class Repository {

    /** More are not kept, since a sandbox may run for weeks. */
    private static final int MOST_OF_A_KIND = 1000;

    private final Shapes shapes;
    private final CommitGraph graph;
    private final Instant createdAt;
    private Instant pushedAt;
    private long id = 18_000_000_000L;
    private int number;
    private BiConsumer<String, ObjectNode> listener = (event, payload) -> {};

    private final TreeMap<Integer, ObjectNode> pulls = new TreeMap<>();
    private final TreeMap<Integer, ObjectNode> issues = new TreeMap<>();
    private final Map<Integer, List<ObjectNode>> reviews = new HashMap<>();
    private final TreeMap<Long, ObjectNode> runs = new TreeMap<>();
    private final TreeMap<Long, ObjectNode> checks = new TreeMap<>();
    private final TreeMap<Long, ObjectNode> deployments = new TreeMap<>();
    private final Map<Long, List<ObjectNode>> statuses = new HashMap<>();
    private final TreeMap<Long, ObjectNode> releases = new TreeMap<>();

    Repository(Shapes shapes, CommitGraph graph, Instant createdAt) {
        this.shapes = shapes;
        this.graph = graph;
        this.createdAt = createdAt;
        this.pushedAt = createdAt;
    }

    Shapes shapes() {
        return shapes;
    }

    CommitGraph graph() {
        return graph;
    }

    TreeMap<Integer, ObjectNode> pulls() {
        return pulls;
    }

    TreeMap<Integer, ObjectNode> issues() {
        return issues;
    }

    TreeMap<Long, ObjectNode> runs() {
        return runs;
    }

    /** The check runs, each with the member {@code run_id} of its workflow run. */
    TreeMap<Long, ObjectNode> checks() {
        return checks;
    }

    TreeMap<Long, ObjectNode> deployments() {
        return deployments;
    }

    TreeMap<Long, ObjectNode> releases() {
        return releases;
    }

    List<ObjectNode> reviews(int pull) {
        return reviews.computeIfAbsent(pull, any -> new ArrayList<>());
    }

    /** The statuses of a deployment, oldest first. */
    List<ObjectNode> statuses(long deployment) {
        return statuses.computeIfAbsent(deployment, any -> new ArrayList<>());
    }

    ObjectNode json() {
        return shapes.repository(createdAt, pushedAt);
    }

    void pushed(Instant at) {
        pushedAt = at;
    }

    Instant pushedAt() {
        return pushedAt;
    }

    long nextId() {
        return ++id;
    }

    /** The next number of an issue or a pull request. */
    int nextNumber() {
        return ++number;
    }

    /** From now on ids begin there, and SHAs are no others'. */
    void goesOn(long firstId, String seed) {
        id = Math.max(id, firstId);
        graph.seed(seed);
    }

    /** Hears of events from now on: the type, and the payload. */
    void listen(BiConsumer<String, ObjectNode> hearer) {
        listener = hearer;
    }

    /** Tells of an event; the repository and the sender are added to the payload. */
    void tell(String event, Developer sender, ObjectNode payload) {
        payload.set("repository", json());
        if (event.equals("push")) {
            // A push has seconds where all other events have texts.
            ((ObjectNode) payload.path("repository"))
                    .put("created_at", createdAt.getEpochSecond())
                    .put("pushed_at", pushedAt.getEpochSecond());
        }
        payload.set("sender", sender.user(shapes.base()));
        payload.putObject("organization").put("login", shapes.owner()).put("id", 9000);
        listener.accept(event, payload);
    }

    /** Lets go of the oldest runs and deployments where there are many. */
    void prune() {
        while (runs.size() > MOST_OF_A_KIND) {
            long oldest = runs.pollFirstEntry().getKey();
            checks.values().removeIf(check -> check.path("run_id").asLong() == oldest);
        }
        while (deployments.size() > MOST_OF_A_KIND) {
            statuses.remove(deployments.pollFirstEntry().getKey());
        }
    }

    static ObjectNode payload(String action) {
        return Json.object().put("action", action);
    }
}
