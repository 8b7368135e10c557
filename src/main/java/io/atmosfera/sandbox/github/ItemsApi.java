package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.http.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Pull requests, issues, releases, workflow runs, checks and deployments. */
final class ItemsApi {

    private static final List<String> ONLY_BY_ITSELF = List.of(
            "additions",
            "deletions",
            "changed_files",
            "commits",
            "comments",
            "review_comments",
            "mergeable",
            "merged",
            "merged_by");

    private final Repository repository;
    private final CommitGraph graph;
    private final Shapes shapes;
    private final Paging paging;

    ItemsApi(Repository repository, Paging paging) {
        this.repository = repository;
        this.graph = repository.graph();
        this.shapes = repository.shapes();
        this.paging = paging;
    }

    /** @param parts the path below the repository, which begins with "pulls" */
    Reply pulls(RecordedRequest request, List<String> parts) {
        if (parts.size() == 1) {
            List<ObjectNode> all = sorted(repository.pulls().values(), request, "open");
            return paging.page(request, "/pulls", all, ItemsApi::listed, items -> items);
        }
        ObjectNode pull = find(repository.pulls(), parts.get(1));
        if (pull == null) {
            return GitHubErrors.notFound();
        }
        String base = pull.path("base").path("sha").asText();
        String head = pull.path("head").path("sha").asText();
        String path = "/" + String.join("/", parts);
        return switch (parts.size() == 2 ? "" : parts.get(2)) {
            case "" -> Reply.json(200, pull);
            case "reviews" ->
                paging.page(
                        request, path, repository.reviews(pull.path("number").asInt()));
            case "files" -> paging.page(request, path, items(shapes.files(graph.difference(base, head))));
            case "commits" -> paging.page(request, path, graph.between(base, head), shapes::commit, items -> items);
            case "comments" -> paging.page(request, path, List.<ObjectNode>of());
            default -> GitHubErrors.notFound();
        };
    }

    private static ObjectNode listed(ObjectNode pull) {
        ObjectNode listed = pull.deepCopy();
        listed.remove(ONLY_BY_ITSELF);
        return listed;
    }

    /** Issues, and all pull requests as issues, too. */
    Reply issues(RecordedRequest request, List<String> parts) {
        List<ObjectNode> all = new ArrayList<>(repository.issues().values());
        repository.pulls().values().forEach(pull -> all.add(asIssue(pull)));
        if (parts.size() == 1) {
            return paging.page(request, "/issues", sorted(all, request, "open"));
        }
        return all.stream()
                .filter(issue -> issue.path("number").asText().equals(parts.get(1)) && parts.size() == 2)
                .findFirst()
                .map(issue -> Reply.json(200, issue))
                .orElseGet(GitHubErrors::notFound);
    }

    private ObjectNode asIssue(ObjectNode pull) {
        ObjectNode issue = pull.deepCopy()
                .retain(
                        "number",
                        "state",
                        "locked",
                        "title",
                        "body",
                        "user",
                        "labels",
                        "assignees",
                        "milestone",
                        "comments",
                        "author_association",
                        "created_at",
                        "updated_at",
                        "closed_at",
                        "html_url");
        // Not the id of the pull request: an issue has its own.
        issue.put("id", pull.path("id").asLong() + 7_000_000_000L);
        issue.put("url", pull.path("issue_url").asText());
        issue.putObject("pull_request")
                .put("url", pull.path("url").asText())
                .put("merged_at", pull.path("merged_at").asText(null));
        return issue;
    }

    /** @param parts the path below the repository, which begins with "releases" */
    Reply releases(RecordedRequest request, List<String> parts) {
        List<ObjectNode> all = newestFirst(repository.releases().values());
        if (parts.size() == 1) {
            return paging.page(request, "/releases", all);
        }
        return parts.get(1).equals("latest")
                ? all.stream()
                        .filter(release -> !release.path("prerelease").asBoolean())
                        .findFirst()
                        .map(release -> Reply.json(200, release))
                        .orElseGet(GitHubErrors::notFound)
                : one(repository.releases(), parts.get(1));
    }

    /** @param parts the path below the repository, which begins with "actions" and "runs" */
    Reply runs(RecordedRequest request, List<String> parts) {
        if (parts.size() == 2) {
            String created = Objects.requireNonNullElse(request.parameter("created"), "");
            String[] span = created.split("\\.\\.", 2);
            List<ObjectNode> all = newestFirst(repository.runs().values());
            all.removeIf(run -> isOther(request, "branch", run.path("head_branch"))
                    || isOther(request, "head_sha", run.path("head_sha"))
                    || isOther(request, "event", run.path("event"))
                    || (isOther(request, "status", run.path("status"))
                            && isOther(request, "status", run.path("conclusion")))
                    || (span.length == 2
                            && isOutside(span, run.path("created_at").asText())));
            return paging.page(request, "/actions/runs", all, items -> list("workflow_runs", all.size(), items));
        }
        ObjectNode run = find(repository.runs(), parts.get(2));
        if (run == null) {
            return GitHubErrors.notFound();
        }
        if (parts.size() == 3) {
            return Reply.json(200, run);
        }
        if (!parts.get(3).equals("jobs")) {
            return GitHubErrors.notFound();
        }
        List<ObjectNode> jobs = repository.checks().values().stream()
                .filter(check -> check.path("run_id").asLong() == run.path("id").asLong())
                .toList();
        return paging.page(request, "/" + String.join("/", parts), jobs, items -> list("jobs", jobs.size(), items));
    }

    private static boolean isOutside(String[] span, String at) {
        // ISO texts in UTC sort by time, up to the length of the shorter one.
        return at.compareTo(span[0]) < 0
                || at.substring(0, Math.min(at.length(), span[1].length())).compareTo(span[1]) > 0;
    }

    Reply checks(RecordedRequest request, String ref) {
        String sha = graph.find(ref).map(Commit::sha).orElse("");
        List<ObjectNode> all = newestFirst(repository.checks().values());
        all.removeIf(check -> !check.path("head_sha").asText().equals(sha));
        return sha.isEmpty()
                ? GitHubErrors.of(422, "No commit found for SHA: " + ref)
                : paging.page(
                        request,
                        "/commits/" + ref + "/check-runs",
                        all,
                        items -> list("check_runs", all.size(), items));
    }

    /** @param parts the path below the repository, which begins with "deployments" */
    Reply deployments(RecordedRequest request, List<String> parts) {
        if (parts.size() == 1) {
            List<ObjectNode> all = newestFirst(repository.deployments().values());
            all.removeIf(one -> isOther(request, "environment", one.path("environment"))
                    || isOther(request, "sha", one.path("sha")));
            return paging.page(request, "/deployments", all);
        }
        ObjectNode deployment = find(repository.deployments(), parts.get(1));
        if (deployment == null || parts.size() == 2) {
            return deployment == null ? GitHubErrors.notFound() : Reply.json(200, deployment);
        }
        return paging.page(
                request,
                "/" + String.join("/", parts),
                newestFirst(repository.statuses(deployment.path("id").asLong())));
    }

    private static List<JsonNode> items(ArrayNode array) {
        List<JsonNode> items = new ArrayList<>();
        array.forEach(items::add);
        return items;
    }

    private static ObjectNode list(String name, int total, ArrayNode items) {
        ObjectNode body = Json.object().put("total_count", total);
        body.set(name, items);
        return body;
    }

    private static List<ObjectNode> newestFirst(Collection<ObjectNode> items) {
        List<ObjectNode> all = new ArrayList<>(items);
        Collections.reverse(all);
        return all;
    }

    /** As the parameters state, since, sort and direction ask for. */
    private static List<ObjectNode> sorted(Collection<ObjectNode> items, RecordedRequest request, String usual) {
        String state = Objects.requireNonNullElse(request.parameter("state"), usual);
        String since = request.parameter("since");
        String field = "updated".equals(request.parameter("sort")) ? "updated_at" : "created_at";
        Comparator<ObjectNode> order = Comparator.comparing(
                        (ObjectNode item) -> item.path(field).asText())
                .thenComparing(item -> item.path("number").asInt());
        return items.stream()
                .filter(item ->
                        state.equals("all") || item.path("state").asText().equals(state))
                .filter(item ->
                        since == null || item.path("updated_at").asText().compareTo(since) >= 0)
                .sorted("asc".equals(request.parameter("direction")) ? order : order.reversed())
                .toList();
    }

    private static boolean isOther(RecordedRequest request, String parameter, JsonNode value) {
        String wanted = request.parameter(parameter);
        return wanted != null && !value.asText().equals(wanted);
    }

    private static <K> Reply one(SortedMap<K, ObjectNode> items, String id) {
        ObjectNode item = find(items, id);
        return item == null ? GitHubErrors.notFound() : Reply.json(200, item);
    }

    private static <K> @Nullable ObjectNode find(SortedMap<K, ObjectNode> items, String id) {
        return items.entrySet().stream()
                .filter(item -> item.getKey().toString().equals(id))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
