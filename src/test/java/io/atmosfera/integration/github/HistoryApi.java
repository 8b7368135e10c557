package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import io.atmosfera.integration.github.StandInGitHub.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.util.io.DisabledOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * GitHub's API over a real history: pages with Link headers that lead to {@code /repositories/ID}, weak ETags and 304, a
 * rate limit that counts, and failures on demand.
 */
final class HistoryApi implements Function<Request, Reply> {

    static final long REPOSITORY_ID = 1_296_269;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final GitHistory history;
    private final String base;
    private final List<Fault> faults = new CopyOnWriteArrayList<>();
    private final AtomicInteger remaining = new AtomicInteger(5000);
    private final Map<String, JsonNode> pulls = new LinkedHashMap<>();
    private final Map<String, JsonNode> issues = new LinkedHashMap<>();
    private final Map<String, JsonNode> runs = new LinkedHashMap<>();
    private final Set<Long> missed = ConcurrentHashMap.newKeySet();
    private final Map<String, JsonNode> releases = new LinkedHashMap<>();
    private volatile BiFunction<String, Map<String, String>, @Nullable Reply> first = (path, query) -> null;
    private volatile String name = "octo/history";
    private volatile boolean empty;
    private volatile int mostRuns = 40_000;
    private String pushed = "";
    private Instant pushedAt = Instant.parse("2024-06-01T00:00:00Z");
    private volatile long reset = Instant.now().plusSeconds(3600).getEpochSecond();

    private record Fault(Predicate<Request> which, AtomicInteger times, Reply reply) {}

    HistoryApi(GitHistory history, StandInGitHub server) {
        this.history = history;
        this.base = server.url();
        server.otherwise(this);
    }

    String repository() {
        return name;
    }

    /** Asks another one first, by the path below the repository and the query; it gives null where it has no answer. */
    void askFirst(BiFunction<String, Map<String, String>, @Nullable Reply> other) {
        first = other;
    }

    /** The next requests whose line contains a text get another answer. */
    void fail(String text, int times, Reply reply) {
        faults.add(new Fault(request -> request.line().contains(text), new AtomicInteger(times), reply));
    }

    /** Only so many requests are left until a moment. */
    void allow(int requests, Instant until) {
        remaining.set(requests);
        reset = until.getEpochSecond();
    }

    int remaining() {
        return remaining.get();
    }

    void rename(String fullName) {
        name = fullName;
    }

    void beEmpty(boolean on) {
        empty = on;
    }

    void putPull(ObjectNode pull) {
        pulls.put(pull.path("number").asText(), pull);
    }

    void putIssue(ObjectNode issue) {
        issues.put(issue.path("number").asText(), issue);
    }

    void removeIssue(long number) {
        issues.remove(String.valueOf(number));
    }

    void putRun(ObjectNode run) {
        runs.put(run.path("id").asText(), run);
    }

    /** A run is there, but no list has it. */
    void miss(long run) {
        missed.add(run);
    }

    void removeRun(long id) {
        runs.remove(String.valueOf(id));
    }

    /** GitHub shows no more runs in a list without a filter. */
    void showRuns(int most) {
        mostRuns = most;
    }

    void putRelease(ObjectNode release) {
        releases.put(release.path("id").asText(), release);
    }

    @Override
    public Reply apply(Request request) {
        for (Fault fault : faults) {
            if (fault.which().test(request) && fault.times().getAndDecrement() > 0) {
                return fault.reply();
            }
        }
        if (remaining.get() <= 0) {
            return limits(Reply.status(403, "API rate limit exceeded for user ID 1."));
        }
        Reply reply = answer(request);
        if (reply.status() == 200) {
            String tag = "W/\"" + Integer.toHexString(reply.body().hashCode()) + "\"";
            if (tag.equals(request.header("If-None-Match"))) {
                return limits(new Reply(304, "", Map.of("ETag", tag)));
            }
            reply = reply.with("ETag", tag);
        }
        remaining.decrementAndGet();
        return limits(reply);
    }

    private Reply limits(Reply reply) {
        return reply.with("X-RateLimit-Limit", "5000")
                .with("X-RateLimit-Remaining", String.valueOf(Math.max(0, remaining.get())))
                .with("X-RateLimit-Reset", String.valueOf(reset))
                .with("X-RateLimit-Resource", "core");
    }

    private Reply answer(Request request) {
        String address = request.line().substring(request.line().indexOf(' ') + 1);
        String path = address.replaceFirst("\\?.*", "");
        Map<String, String> query = query(address);
        if (path.equals("/user")) {
            return Reply.json("{\"login\": \"octocat\", \"id\": 1}");
        }
        String prefix = path.startsWith("/repositories/" + REPOSITORY_ID)
                ? "/repositories/" + REPOSITORY_ID
                : path.startsWith("/repos/" + name) ? "/repos/" + name : null;
        if (prefix == null) {
            return path.startsWith("/repos/octo/")
                    ? Reply.status(301, "Moved Permanently")
                            .with(
                                    "Location",
                                    base + "/repositories/" + REPOSITORY_ID
                                            + path.replaceFirst("/repos/[^/]+/[^/]+", ""))
                    : Reply.status(404, "Not Found");
        }
        return below(path.substring(prefix.length()), query);
    }

    private Reply below(String path, Map<String, String> query) {
        Reply other = first.apply(path, query);
        if (other != null) {
            return other;
        }
        if (path.isEmpty()) {
            return Reply.json(repositoryNode().toString());
        }
        if (empty && (path.startsWith("/commits") || path.startsWith("/git/"))) {
            return Reply.status(409, "Git Repository is empty.");
        }
        String[] parts = path.substring(1).split("/", -1);
        return switch (parts[0]) {
            case "branches" ->
                parts.length > 1
                        ? Reply.status(404, "Branch not protected")
                        : page(path, query, empty ? List.of() : branches());
            case "tags" -> page(path, query, tags());
            case "commits" -> commits(path, parts, query);
            case "compare" -> compare(parts[1], query, path);
            case "languages" -> Reply.json("{\"Java\": 123456, \"HTML\": 789}");
            case "pulls" -> parts.length == 1 ? page(path, query, byUpdated(pulls, query)) : pull(parts, query, path);
            case "issues" -> page(path, query, byUpdated(issues, query));
            case "releases" -> page(path, query, List.copyOf(releases.values()));
            case "deployments" -> page(path, query, List.of());
            case "actions" -> parts.length > 2 ? run(parts[2]) : workflowRuns(path, query);
            case "git" -> tree(parts[2]);
            default -> Reply.status(404, "Not Found");
        };
    }

    private ObjectNode repositoryNode() {
        ObjectNode node = JSON.createObjectNode().put("id", REPOSITORY_ID).put("full_name", name);
        node.put("name", name.substring(name.indexOf('/') + 1))
                .put("private", false)
                .put("default_branch", "main");
        node.put("html_url", "https://github.example/" + name).put("created_at", "2024-01-01T00:00:00Z");
        node.put("updated_at", "2024-06-01T00:00:00Z").put("pushed_at", pushedAt());
        node.putObject("permissions").put("admin", true).put("push", true).put("pull", true);
        return node;
    }

    private synchronized String pushedAt() {
        String now = history.branches() + " " + history.tags();
        if (!now.equals(pushed)) {
            pushed = now;
            pushedAt = pushedAt.plusSeconds(1);
        }
        return pushedAt.toString();
    }

    List<JsonNode> branches() {
        List<JsonNode> nodes = new ArrayList<>();
        history.branches().forEach((branch, sha) -> {
            ObjectNode node = JSON.createObjectNode().put("name", branch).put("protected", branch.equals("main"));
            node.putObject("commit").put("sha", sha).put("url", base + "/repos/" + name + "/commits/" + sha);
            nodes.add(node);
        });
        return nodes;
    }

    private List<JsonNode> tags() {
        List<JsonNode> nodes = new ArrayList<>();
        history.tags().forEach((tag, sha) -> {
            ObjectNode node = JSON.createObjectNode().put("name", tag);
            node.putObject("commit").put("sha", sha);
            nodes.add(node);
        });
        return nodes;
    }

    private Reply commits(String path, String[] parts, Map<String, String> query) {
        if (parts.length > 2 && parts[2].equals("check-runs")) {
            return Reply.json("{\"total_count\": 0, \"check_runs\": []}");
        }
        if (parts.length > 1) {
            return detail(decoded(parts[1]));
        }
        String from = query.getOrDefault("sha", "main");
        String sha = history.branches().getOrDefault(from, from);
        if (!sha.matches("[0-9a-f]{40}")) {
            return Reply.status(404, "Not Found");
        }
        List<String> shas = history.log(List.of(sha));
        return page(path, query, shas, this::listed);
    }

    private Reply compare(String range, Map<String, String> query, String path) {
        String[] ends = decoded(range).split("\\.\\.\\.");
        List<String> old = history.log(List.of(ends[0]));
        List<String> fresh = new ArrayList<>(history.log(List.of(ends[1])));
        boolean ahead = fresh.contains(ends[0]);
        fresh.removeAll(new java.util.HashSet<>(old));
        java.util.Collections.reverse(fresh);
        Reply page = page(path, query, fresh, this::listed);
        ObjectNode node = JSON.createObjectNode()
                .put("status", ahead ? (fresh.isEmpty() ? "identical" : "ahead") : "diverged")
                .put("ahead_by", fresh.size())
                .put("total_commits", fresh.size());
        node.set("commits", tree(page));
        return new Reply(200, node.toString(), page.headers());
    }

    private ObjectNode listed(String sha) {
        try (RevWalk walk = new RevWalk(history.repository())) {
            return node(walk.parseCommit(ObjectId.fromString(sha)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode node(RevCommit commit) {
        ObjectNode node = JSON.createObjectNode().put("sha", commit.name());
        node.put("html_url", "https://github.example/" + name + "/commit/" + commit.name());
        ObjectNode git = node.putObject("commit").put("message", commit.getFullMessage());
        git.set("author", person(commit.getAuthorIdent()));
        git.set("committer", person(commit.getCommitterIdent()));
        git.putObject("tree").put("sha", commit.getTree().name());
        if (commit.getAuthorIdent().getName().startsWith("Ann")) {
            node.putObject("author").put("login", "ann-lee").put("id", 7);
        } else {
            node.putNull("author");
        }
        node.putNull("committer");
        ArrayNode parents = node.putArray("parents");
        for (RevCommit parent : commit.getParents()) {
            parents.addObject().put("sha", parent.name());
        }
        return node;
    }

    private static ObjectNode person(PersonIdent ident) {
        return JSON.createObjectNode()
                .put("name", ident.getName())
                .put("email", ident.getEmailAddress())
                .put("date", ident.getWhenAsInstant().toString());
    }

    private Reply detail(String ref) {
        String sha = history.branches().getOrDefault(ref, ref);
        try (RevWalk walk = new RevWalk(history.repository());
                DiffFormatter diff = new DiffFormatter(DisabledOutputStream.INSTANCE)) {
            RevCommit commit = walk.parseCommit(ObjectId.fromString(sha));
            ObjectNode node = node(commit);
            diff.setRepository(history.repository());
            RevCommit parent = commit.getParentCount() == 0 ? null : walk.parseCommit(commit.getParent(0));
            ArrayNode files = JSON.createArrayNode();
            int added = 0;
            int removed = 0;
            for (DiffEntry entry : diff.scan(parent == null ? null : parent.getTree(), commit.getTree())) {
                int more = 0;
                int less = 0;
                for (Edit edit : diff.toFileHeader(entry).toEditList()) {
                    more += edit.getLengthB();
                    less += edit.getLengthA();
                }
                files.addObject()
                        .put(
                                "filename",
                                entry.getChangeType() == DiffEntry.ChangeType.DELETE
                                        ? entry.getOldPath()
                                        : entry.getNewPath())
                        .put("status", entry.getChangeType() == DiffEntry.ChangeType.ADD ? "added" : "modified")
                        .put("additions", more)
                        .put("deletions", less)
                        .put("changes", more + less);
                added += more;
                removed += less;
            }
            node.putObject("stats")
                    .put("additions", added)
                    .put("deletions", removed)
                    .put("total", added + removed);
            node.set("files", files);
            return Reply.json(node.toString());
        } catch (IOException | IllegalArgumentException e) {
            return Reply.status(422, "No commit found for SHA: " + ref);
        }
    }

    private Reply tree(String sha) {
        try (RevWalk walk = new RevWalk(history.repository());
                TreeWalk tree = new TreeWalk(history.repository())) {
            ObjectId id = ObjectId.fromString(history.branches().getOrDefault(sha, sha));
            tree.addTree(walk.parseTree(id));
            tree.setRecursive(true);
            ObjectNode node = JSON.createObjectNode().put("sha", sha).put("truncated", false);
            ArrayNode entries = node.putArray("tree");
            while (tree.next()) {
                entries.addObject()
                        .put("path", tree.getPathString())
                        .put("type", "blob")
                        .put("mode", "100644")
                        .put("sha", tree.getObjectId(0).name())
                        .put(
                                "size",
                                tree.getObjectReader()
                                        .getObjectSize(tree.getObjectId(0), org.eclipse.jgit.lib.Constants.OBJ_BLOB));
            }
            return Reply.json(node.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reply pull(String[] parts, Map<String, String> query, String path) {
        JsonNode pull = pulls.get(parts[1]);
        if (pull == null) {
            return Reply.status(404, "Not Found");
        }
        if (parts.length == 2) {
            return Reply.json(pull.toString());
        }
        List<JsonNode> list = new ArrayList<>();
        pull.path("_" + parts[2]).forEach(list::add);
        return page(path, query, list);
    }

    private Reply run(String id) {
        JsonNode run = runs.get(id);
        return run == null ? Reply.status(404, "Not Found") : Reply.json(run.toString());
    }

    private Reply workflowRuns(String path, Map<String, String> query) {
        List<JsonNode> list = new ArrayList<>(runs.values());
        list.removeIf(run -> missed.contains(run.path("id").asLong()));
        String created = query.get("created");
        if (created != null && created.contains("..")) {
            Instant from = Instant.parse(created.substring(0, created.indexOf("..")));
            Instant to = Instant.parse(created.substring(created.indexOf("..") + 2));
            list.removeIf(run -> {
                Instant at = Instant.parse(run.path("created_at").asText());
                return at.isBefore(from) || at.isAfter(to);
            });
        }
        list.sort(Comparator.comparing((JsonNode run) -> run.path("created_at").asText())
                .reversed());
        int total = list.size();
        // GitHub shows no more than a thousand where anything is filtered.
        List<JsonNode> shown = list.subList(0, Math.min(created == null ? mostRuns : 1000, total));
        Reply page = page(path, query, shown);
        ObjectNode node = JSON.createObjectNode().put("total_count", total);
        node.set("workflow_runs", tree(page));
        return new Reply(200, node.toString(), page.headers());
    }

    private static List<JsonNode> byUpdated(Map<String, JsonNode> nodes, Map<String, String> query) {
        List<JsonNode> list = new ArrayList<>(nodes.values());
        String since = query.get("since");
        if (since != null) {
            list.removeIf(node -> node.path("updated_at").asText().compareTo(since) < 0);
        }
        String state = query.getOrDefault("state", "open");
        list.removeIf(
                node -> !state.equals("all") && !state.equals(node.path("state").asText()));
        Comparator<JsonNode> byUpdated =
                Comparator.comparing(node -> node.path("updated_at").asText());
        list.sort("asc".equals(query.get("direction")) ? byUpdated : byUpdated.reversed());
        return list;
    }

    Reply page(String path, Map<String, String> query, List<JsonNode> all) {
        return page(path, query, all, node -> node);
    }

    private <T> Reply page(String path, Map<String, String> query, List<T> all, Function<T, JsonNode> shown) {
        int size = Math.min(100, Integer.parseInt(query.getOrDefault("per_page", "30")));
        int number = Integer.parseInt(query.getOrDefault("page", "1"));
        int from = Math.min(all.size(), (number - 1) * size);
        int to = Math.min(all.size(), from + size);
        ArrayNode array = JSON.createArrayNode();
        all.subList(from, to).forEach(one -> array.add(shown.apply(one)));
        Reply reply = Reply.json(array.toString());
        if (to >= all.size()) {
            return reply;
        }
        Map<String, String> next = new LinkedHashMap<>(query);
        next.put("page", String.valueOf(number + 1));
        StringBuilder link = new StringBuilder(base + "/repositories/" + REPOSITORY_ID + path + "?");
        next.forEach((key, value) -> link.append(link.charAt(link.length() - 1) == '?' ? "" : "&")
                .append(key)
                .append('=')
                .append(java.net.URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return reply.with("Link", "<" + link + ">; rel=\"next\", <" + base + "/last>; rel=\"last\"");
    }

    private static JsonNode tree(Reply reply) {
        try {
            return JSON.readTree(reply.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> query(String address) {
        Map<String, String> query = new LinkedHashMap<>();
        String text = URI.create(address).getRawQuery();
        if (text != null) {
            for (String part : text.split("&")) {
                int is = part.indexOf('=');
                query.put(decoded(part.substring(0, is)), decoded(part.substring(is + 1)));
            }
        }
        return query;
    }

    private static String decoded(@Nullable String text) {
        return text == null ? "" : URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
