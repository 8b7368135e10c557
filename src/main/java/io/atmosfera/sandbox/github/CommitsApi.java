package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.http.Reply;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Commits, comparisons, branches, tags, trees and files. */
final class CommitsApi {

    private static final Pattern ASKED_OF_GRAPHQL =
            Pattern.compile("(\\w+)\\s*:\\s*object\\(oid:\\s*\"([0-9a-f]{40})\"\\)");

    private final Repository repository;
    private final CommitGraph graph;
    private final Shapes shapes;
    private final Paging paging;

    CommitsApi(Repository repository, Paging paging) {
        this.repository = repository;
        this.graph = repository.graph();
        this.shapes = repository.shapes();
        this.paging = paging;
    }

    Reply list(RecordedRequest request) {
        String ref = Objects.requireNonNullElse(request.parameter("sha"), Shapes.MAIN);
        if (graph.find(ref).isEmpty()) {
            return GitHubErrors.notFound();
        }
        Instant since = moment(request.parameter("since"), Instant.MIN);
        Instant until = moment(request.parameter("until"), Instant.MAX);
        String path = request.parameter("path");
        String author = request.parameter("author");
        List<Commit> commits = graph.log(ref).stream()
                .filter(commit -> !commit.at().isBefore(since) && !commit.at().isAfter(until))
                .filter(commit -> path == null
                        || commit.changes().stream()
                                .anyMatch(change -> change.path().startsWith(path)))
                .filter(commit -> author == null
                        || author.equals(commit.author().login())
                        || author.equals(commit.author().email()))
                .toList();
        return paging.page(request, "/commits", commits, shapes::commit, items -> items);
    }

    Reply one(String ref) {
        return graph.find(ref)
                .map(commit -> Reply.json(200, shapes.commitWithFiles(commit)))
                .orElseGet(() -> GitHubErrors.of(422, "No commit found for SHA: " + ref));
    }

    /** @param range BASE...HEAD */
    Reply compare(RecordedRequest request, String range) {
        String[] ends = range.split("\\.\\.\\.", 2);
        Optional<Commit> base = graph.find(ends[0]);
        Optional<Commit> head = ends.length < 2 ? Optional.empty() : graph.find(ends[1]);
        if (base.isEmpty() || head.isEmpty()) {
            return GitHubErrors.notFound();
        }
        List<Commit> ahead = graph.between(base.get().sha(), head.get().sha());
        int behind = graph.between(head.get().sha(), base.get().sha()).size();
        String common = graph.mergeBase(base.get().sha(), head.get().sha());
        return paging.page(request, "/compare/" + range, ahead, shapes::commit, commits -> {
            ObjectNode body = Json.object()
                    .put(
                            "status",
                            behind > 0
                                    ? (ahead.isEmpty() ? "behind" : "diverged")
                                    : ahead.isEmpty() ? "identical" : "ahead")
                    .put("ahead_by", ahead.size())
                    .put("behind_by", behind)
                    .put("total_commits", ahead.size());
            body.set("base_commit", shapes.commit(base.get()));
            body.set("merge_base_commit", shapes.commit(graph.get(common)));
            body.set("commits", commits);
            body.set("files", shapes.files(graph.difference(common, head.get().sha())));
            return body;
        });
    }

    Reply branches(RecordedRequest request) {
        List<ObjectNode> all = new ArrayList<>();
        graph.branches().forEach((name, sha) -> all.add(branch(name, sha)));
        String only = request.parameter("protected");
        all.removeIf(
                branch -> only != null && !branch.path("protected").asText().equals(only));
        return paging.page(request, "/branches", all);
    }

    /** @param rest the name of a branch, perhaps with "/protection" behind it */
    Reply branch(String rest) {
        boolean protection = rest.endsWith("/protection");
        String name = protection ? rest.substring(0, rest.length() - "/protection".length()) : rest;
        Optional<String> sha = Optional.ofNullable(graph.branches().get(name));
        if (sha.isEmpty()) {
            return GitHubErrors.of(404, "Branch not found");
        }
        if (!protection) {
            ObjectNode branch = branch(name, sha.get());
            branch.set("commit", shapes.commit(graph.get(sha.get())));
            return Reply.json(200, branch);
        }
        return name.equals(Shapes.MAIN) ? Reply.json(200, protection()) : GitHubErrors.of(404, "Branch not protected");
    }

    private static ObjectNode branch(String name, String sha) {
        ObjectNode branch = Json.object().put("name", name).put("protected", name.equals(Shapes.MAIN));
        branch.putObject("commit").put("sha", sha);
        return branch;
    }

    private ObjectNode protection() {
        ObjectNode rules = Json.object().put("url", shapes.api("/branches/main/protection"));
        ObjectNode checks = rules.putObject("required_status_checks").put("strict", true);
        checks.putArray("contexts").add("build").add("unit tests");
        rules.putObject("required_pull_request_reviews")
                .put("dismiss_stale_reviews", true)
                .put("require_code_owner_reviews", false)
                .put("required_approving_review_count", 1);
        rules.putObject("enforce_admins").put("enabled", true);
        rules.putObject("allow_force_pushes").put("enabled", false);
        rules.putObject("allow_deletions").put("enabled", false);
        return rules;
    }

    Reply tags(RecordedRequest request) {
        List<ObjectNode> all = new ArrayList<>();
        graph.tags().forEach((name, sha) -> {
            ObjectNode tag = Json.object().put("name", name);
            tag.putObject("commit").put("sha", sha).put("url", shapes.api("/commits/" + sha));
            all.add(0, tag);
        });
        return paging.page(request, "/tags", all);
    }

    /** Bytes by language, as far as their files' names tell. */
    Reply languages() {
        Map<String, Long> bytes = new TreeMap<>();
        graph.tree(Shapes.MAIN).forEach((path, text) -> {
            String language = path.endsWith(".java")
                    ? "Java"
                    : path.endsWith(".ts") ? "TypeScript" : path.endsWith("Dockerfile") ? "Dockerfile" : "";
            if (!language.isEmpty()) {
                bytes.merge(language, (long) text.length(), Long::sum);
            }
        });
        ObjectNode languages = Json.object();
        bytes.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(language -> languages.put(language.getKey(), language.getValue()));
        return Reply.json(200, languages);
    }

    /** The folders and files of a commit, all of them. */
    Reply tree(String ref) {
        if (graph.find(ref).isEmpty()) {
            return GitHubErrors.notFound();
        }
        Map<String, String> files = graph.tree(ref);
        TreeMap<String, ObjectNode> entries = new TreeMap<>();
        files.forEach((path, text) -> {
            for (int slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
                String folder = path.substring(0, slash);
                entries.put(folder, entry(folder, "040000", "tree", Sha.of("tree " + ref + folder)));
            }
            entries.put(
                    path,
                    entry(path, "100644", "blob", Sha.ofBlob(text))
                            .put("size", text.getBytes(StandardCharsets.UTF_8).length));
        });
        ObjectNode body = Json.object().put("sha", graph.get(ref).sha()).put("url", shapes.api("/git/trees/" + ref));
        ArrayNode tree = body.putArray("tree");
        entries.values().forEach(tree::add);
        return Reply.json(200, body.put("truncated", false));
    }

    private static ObjectNode entry(String path, String mode, String type, String sha) {
        return Json.object()
                .put("path", path)
                .put("mode", mode)
                .put("type", type)
                .put("sha", sha);
    }

    /** The text of a file on main or on another branch. */
    Reply blob(String sha) {
        TreeSet<String> heads = new TreeSet<>(graph.branches().values());
        heads.remove(graph.get(Shapes.MAIN).sha());
        List<String> refs = new ArrayList<>(List.of(Shapes.MAIN));
        refs.addAll(heads);
        for (String ref : refs) {
            for (String text : graph.tree(ref).values()) {
                if (Sha.ofBlob(text).equals(sha)) {
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    return Reply.json(
                            200,
                            Json.object()
                                    .put("sha", sha)
                                    .put("size", bytes.length)
                                    .put("encoding", "base64")
                                    .put("content", Base64.getMimeEncoder().encodeToString(bytes)));
                }
            }
        }
        return GitHubErrors.notFound();
    }

    /** GraphQL, as far as it asks of commits how much they changed. */
    Reply graphQl(RecordedRequest request) {
        String query = request.json().path("query").asText("");
        ObjectNode found = Json.object();
        Matcher asked = ASKED_OF_GRAPHQL.matcher(query);
        while (asked.find()) {
            found.set(
                    asked.group(1),
                    graph.find(asked.group(2)).map(CommitsApi::statistics).orElse(null));
        }
        ObjectNode body = Json.object();
        if (found.isEmpty()) {
            body.putArray("errors")
                    .addObject()
                    .put(
                            "message",
                            "The simulated GitHub knows no GraphQL but repository { object(oid:) { ... on Commit } }");
            return Reply.json(200, body);
        }
        body.putObject("data").set("repository", found);
        return Reply.json(200, body);
    }

    private static ObjectNode statistics(Commit commit) {
        FileChange.Figures figures = commit.figures();
        return Json.object()
                .put("oid", commit.sha())
                .put("additions", figures.additions())
                .put("deletions", figures.deletions())
                .put("changedFilesIfAvailable", commit.changes().size());
    }

    private static Instant moment(@Nullable String text, Instant otherwise) {
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (DateTimeException e) {
            return otherwise;
        }
    }
}
