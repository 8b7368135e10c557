package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What GitHub says of single things, beside the lists of a {@link HistoryApi}: pull requests, branches' protection, checks
 * and deployments. A thing is answered by what was put for its path below the repository; a list in pages.
 */
final class DetailsApi {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HistoryApi api;
    private final Map<String, List<JsonNode>> lists = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> objects = new ConcurrentHashMap<>();
    private final Set<String> guarded = ConcurrentHashMap.newKeySet();

    DetailsApi(HistoryApi api) {
        this.api = api;
        api.askFirst(this::answer);
    }

    private @Nullable Reply answer(String encoded, Map<String, String> query) {
        String path = URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        JsonNode object = objects.get(path);
        if (object != null) {
            return Reply.json(object.toString());
        }
        if (path.equals("/branches") && !guarded.isEmpty()) {
            return branches(encoded, query);
        }
        List<JsonNode> list = lists.get(path);
        if (path.matches("/commits/[0-9a-f]+/check-runs")) {
            List<JsonNode> runs = list == null ? List.of() : list;
            Reply page = api.page(encoded, query, runs);
            return new Reply(
                    200, "{\"total_count\": " + runs.size() + ", \"check_runs\": " + page.body() + "}", page.headers());
        }
        if (path.equals("/deployments")) {
            List<JsonNode> deployments = new ArrayList<>(list == null ? List.of() : list);
            deployments.sort(Comparator.comparing(
                            (JsonNode node) -> node.path("created_at").asText())
                    .reversed());
            return api.page(encoded, query, deployments);
        }
        return list == null ? null : api.page(encoded, query, list);
    }

    private Reply branches(String path, Map<String, String> query) {
        List<JsonNode> branches = new ArrayList<>(api.branches());
        branches.forEach(branch -> {
            if (guarded.contains(branch.path("name").asText())) {
                ((ObjectNode) branch).put("protected", true);
            }
        });
        return api.page(path, query, branches);
    }

    /** A branch that is protected, beside main. */
    void isProtected(String branch) {
        guarded.add(branch);
    }

    /** A list at a path such as {@code /pulls/5/reviews}. */
    void put(String path, JsonNode... items) {
        lists.put(path, List.of(items));
    }

    /** An object at a path such as {@code /branches/main/protection}. */
    void put(String path, String object) {
        objects.put(path, tree(object));
    }

    void remove(String path) {
        objects.remove(path);
        lists.remove(path);
    }

    /** A pull request as the list has it; by itself it also has the figures, and who merged it. */
    ObjectNode pull(long number, String head, String updatedAt) {
        ObjectNode pull = tree(GitHubRows.pull(number, "Pull " + number, updatedAt));
        ((ObjectNode) pull.path("head")).put("sha", head);
        put(pull);
        return pull;
    }

    void put(ObjectNode pull) {
        api.putPull(pull);
        ObjectNode whole = pull.deepCopy();
        whole.put("additions", 12).put("deletions", 3).put("changed_files", 2).put("commits", 1);
        whole.putNull("mergeable");
        if (pull.hasNonNull("merged_at")) {
            whole.putObject("merged_by").put("login", "merger");
        }
        objects.put("/pulls/" + pull.path("number").asText(), whole);
    }

    static ObjectNode review(long id, long pull, String reviewer, String state) {
        ObjectNode review =
                JSON.createObjectNode().put("id", id).put("state", state).put("body", "Looks like " + state);
        review.put("commit_id", "a").put("submitted_at", "2026-01-05T00:00:0" + id % 10 + "Z");
        review.put("pull_request_url", "https://api.github.com/repos/octo/history/pulls/" + pull);
        review.putObject("user").put("login", reviewer);
        return review;
    }

    static ObjectNode file(String path) {
        return JSON.createObjectNode()
                .put("filename", path)
                .put("status", "modified")
                .put("additions", 2)
                .put("deletions", 1);
    }

    static ObjectNode check(long id, String sha, String status, @Nullable String conclusion) {
        ObjectNode check =
                JSON.createObjectNode().put("id", id).put("name", "test " + id).put("head_sha", sha);
        check.put("status", status).put("conclusion", conclusion).put("started_at", "2026-01-05T00:00:00Z");
        check.putObject("check_suite").put("id", 1);
        check.putObject("app").put("slug", "github-actions");
        return check;
    }

    static ObjectNode deployment(long id, String environment, String createdAt, String updatedAt) {
        ObjectNode deployment =
                JSON.createObjectNode().put("id", id).put("sha", "a").put("ref", "main");
        deployment.put("task", "deploy").put("environment", environment).put("payload", "{\"by\": \"hand\"}");
        deployment.put("created_at", createdAt).put("updated_at", updatedAt);
        deployment.putObject("creator").put("login", "octocat");
        return deployment;
    }

    static ObjectNode status(long id, long deployment, String state, String at) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("state", state)
                .put("created_at", at)
                .put("environment_url", "https://" + deployment + ".example.com")
                .put("deployment_url", "https://api.github.com/repos/octo/history/deployments/" + deployment);
    }

    private static ObjectNode tree(String json) {
        return (ObjectNode) GitHubRows.tree(json);
    }
}
