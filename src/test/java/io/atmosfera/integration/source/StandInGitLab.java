package io.atmosfera.integration.source;

import io.atmosfera.integration.github.StandInGitHub;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import io.atmosfera.integration.github.StandInGitHub.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * GitLab's API as far as the example asks it: the project acme/shop with its issues (by keyset: the next address has a
 * cursor) and its merge requests (by page numbers), newest first, two a page, each page with an ETag of its content.
 */
public final class StandInGitLab implements AutoCloseable {

    private static final String PROJECT = "/api/v4/projects/acme%2Fshop";
    private static final String TOKEN = "glpat-good-token";
    private static final int PAGE = 2;

    private final StandInGitHub http = StandInGitHub.start();
    private final Map<Integer, Item> issues = new ConcurrentHashMap<>();
    private final Map<Integer, Item> mergeRequests = new ConcurrentHashMap<>();

    /** What is answered instead of the next answers of a list. */
    private final Map<String, Deque<Reply>> instead = new ConcurrentHashMap<>();

    /** An issue or merge request. */
    record Item(int iid, String title, @Nullable String description, String updatedAt) {

        String json() {
            return """
                    {"id": %d, "iid": %d, "title": "%s", "description": %s, "state": "opened", "labels": ["bug"],
                     "created_at": "2026-01-01T00:00:00.000Z", "updated_at": "%s", "author": {"username": "ada"},
                     "source_branch": "topic", "web_url": "https://gitlab.example.com/acme/shop/-/issues/%d"}"""
                    .formatted(
                            1000 + iid,
                            iid,
                            title,
                            description == null ? "null" : "\"" + description + "\"",
                            updatedAt,
                            iid);
        }
    }

    /** One without any item. */
    public StandInGitLab() {
        http.on(
                "GET " + PROJECT,
                request -> known(request) ? Reply.json("{\"id\": 7, \"path\": \"shop\"}") : refused());
        http.on("GET " + PROJECT + "/issues", request -> list(request, "issues", issues));
        http.on("GET " + PROJECT + "/merge_requests", request -> list(request, "merge_requests", mergeRequests));
    }

    /** The address of the API, as a connection names it. */
    public String url() {
        return http.url() + "/api/v4";
    }

    StandInGitHub http() {
        return http;
    }

    /** Adds an issue, or replaces the one with that number. */
    public void hasIssue(int iid, String title, @Nullable String description, String updatedAt) {
        issues.put(iid, new Item(iid, title, description, updatedAt));
    }

    /** Adds a merge request, or replaces the one with that number. */
    public void hasMergeRequest(int iid, String title, String updatedAt) {
        mergeRequests.put(iid, new Item(iid, title, null, updatedAt));
    }

    void deletesIssue(int iid) {
        issues.remove(iid);
    }

    /** Answers the next questions for a page behind the first of a list with these. */
    void insteadOfSecondPage(String list, Reply... replies) {
        instead.computeIfAbsent(list + " second", any -> new ConcurrentLinkedDeque<>())
                .addAll(List.of(replies));
    }

    /** Answers the next questions for a list's first page with these. */
    public void insteadOfFirstPage(String list, Reply... replies) {
        instead.computeIfAbsent(list + " first", any -> new ConcurrentLinkedDeque<>())
                .addAll(List.of(replies));
    }

    static Reply refused() {
        return Reply.status(401, "401 Unauthorized");
    }

    /** What was asked of the lists since the last time this was asked, behind the project's address. */
    List<String> asked() {
        List<String> asked = http.requests().stream()
                .filter(request -> request.line().matches("GET .*/(issues|merge_requests).*"))
                .map(request -> request.line().replace("GET " + PROJECT, "")
                        + (request.header("If-None-Match") == null ? "" : " unless known"))
                .toList();
        http.requests().clear();
        return asked;
    }

    private static boolean known(Request request) {
        return TOKEN.equals(request.header("PRIVATE-TOKEN"));
    }

    private Reply list(Request request, String name, Map<Integer, Item> items) {
        if (!known(request)) {
            return refused();
        }
        int from = Integer.parseInt(parameter(request, "cursor", parameter(request, "page", "0")));
        Deque<Reply> others = instead.get(name + (from == 0 ? " first" : " second"));
        Reply other = others == null ? null : others.poll();
        if (other != null) {
            return other;
        }
        String after = parameter(request, "updated_after", "");
        List<Item> all = items.values().stream()
                .filter(item -> item.updatedAt().compareTo(after) >= 0)
                .sorted(Comparator.comparing(Item::updatedAt).reversed())
                .toList();
        String body = all.stream().skip(from).limit(PAGE).map(Item::json).collect(Collectors.joining(",", "[", "]"));
        String etag = "\"" + Integer.toHexString(body.hashCode()) + "\"";
        if (etag.equals(request.header("If-None-Match"))) {
            return new Reply(304, "", Map.of("ETag", etag));
        }
        Reply reply = Reply.json(body).with("ETag", etag);
        String place = name.equals("issues") ? "cursor" : "page";
        return from + PAGE >= all.size()
                ? reply
                : reply.with(
                        "Link",
                        "<" + http.url() + PROJECT + "/" + name + "?" + place + "=" + (from + PAGE)
                                + (after.isEmpty() ? "" : "&updated_after=" + after)
                                + ">; rel=\"next\", <https://elsewhere.example.com/>; rel=\"first\"");
    }

    private static String parameter(Request request, String name, String otherwise) {
        for (String pair : request.line().replaceFirst(".*?\\?", "").split("&", -1)) {
            if (pair.startsWith(name + "=")) {
                return URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8);
            }
        }
        return otherwise;
    }

    @Override
    public void close() {
        http.close();
    }
}
