package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.http.Reply;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Finds the endpoint for a request, after checking who asks; counts it, and answers 304 where nothing has changed. */
final class GitHubApi {

    private static final int LIMIT = 5000;

    private final Repository repository;
    private final String token;
    private final HooksApi hooks;
    private final CommitsApi commits;
    private final ItemsApi items;
    private final RateLimit core;
    private final RateLimit graphQl;
    private final AtomicLong requestNumber = new AtomicLong();

    GitHubApi(Repository repository, String token, HooksApi hooks, Paging paging, Clock clock) {
        this.repository = repository;
        this.token = token;
        this.hooks = hooks;
        this.commits = new CommitsApi(repository, paging);
        this.items = new ItemsApi(repository, paging);
        this.core = new RateLimit("core", LIMIT, clock);
        this.graphQl = new RateLimit("graphql", LIMIT, clock);
    }

    Reply answer(RecordedRequest request) {
        RateLimit limit = request.path().equals("/graphql") ? graphQl : core;
        Reply reply = limit.with(answer(request, limit))
                .with("X-GitHub-Media-Type", "github.v3; format=json")
                .with(
                        "X-GitHub-Request-Id",
                        String.format(Locale.ROOT, "%04X:1:%06X", 1, requestNumber.incrementAndGet()));
        return isAccepted(request) ? reply.with("X-OAuth-Scopes", "admin:repo_hook, repo") : reply;
    }

    private Reply answer(RecordedRequest request, RateLimit limit) {
        if (!isAccepted(request)) {
            return GitHubErrors.of(
                    401, request.header("Authorization") == null ? "Requires authentication" : "Bad credentials");
        }
        if (request.path().equals("/rate_limit")) {
            return rates();
        }
        if (limit.isReached()) {
            return GitHubErrors.of(403, "API rate limit exceeded for user ID " + Developer.CALLER.id() + ".");
        }
        Reply reply;
        synchronized (repository) {
            reply = found(request);
        }
        if (request.method().equals("GET") && reply.status() == 200) {
            String opaque = "\"" + Sha.of(reply.body()) + "\"";
            String known = Objects.requireNonNullElse(request.header("If-None-Match"), "");
            reply = reply.with("ETag", "W/" + opaque).with("Cache-Control", "private, max-age=60, s-maxage=60");
            if (known.replaceFirst("^W/", "").equals(opaque)) {
                return new Reply(304, reply.headers(), reply.contentType(), "");
            }
        }
        limit.spend();
        return reply;
    }

    private boolean isAccepted(RecordedRequest request) {
        String given = Objects.requireNonNullElse(request.header("Authorization"), "");
        return given.equals("Bearer " + token) || given.equals("token " + token);
    }

    private Reply rates() {
        ObjectNode body = Json.object();
        ObjectNode resources = body.putObject("resources");
        resources.set("core", core.json());
        resources.set("graphql", graphQl.json());
        body.set("rate", core.json());
        return Reply.json(200, body);
    }

    private Reply found(RecordedRequest request) {
        List<String> parts = new ArrayList<>(
                Arrays.asList(request.path().replaceFirst("^/+", "").split("/", -1)));
        return switch (request.method() + " " + parts.get(0)) {
            case "GET user" ->
                Reply.json(200, Developer.CALLER.user(repository.shapes().base()));
            case "GET meta" -> Reply.json(200, meta());
            case "POST graphql" -> commits.graphQl(request);
            default -> isOfRepository(parts) ? below(request, parts) : GitHubErrors.notFound();
        };
    }

    /** Whether a path leads to the repository, by its name or its id; what it begins with is taken off. */
    private boolean isOfRepository(List<String> parts) {
        String[] name = repository.shapes().fullName().split("/", 2);
        boolean byName = parts.size() >= 3
                && parts.get(0).equals("repos")
                && parts.get(1).equalsIgnoreCase(name[0])
                && parts.get(2).equalsIgnoreCase(name[1]);
        boolean byId = parts.size() >= 2
                && parts.get(0).equals("repositories")
                && parts.get(1).equals(String.valueOf(Shapes.REPOSITORY_ID));
        if (byName || byId) {
            parts.subList(0, byName ? 3 : 2).clear();
        }
        return byName || byId;
    }

    private Reply below(RecordedRequest request, List<String> parts) {
        if (parts.isEmpty()) {
            return request.method().equals("GET") ? Reply.json(200, repository.json()) : GitHubErrors.notFound();
        }
        if (parts.get(0).equals("hooks")) {
            return hooks.answer(request, parts);
        }
        if (!request.method().equals("GET")) {
            return GitHubErrors.notFound();
        }
        String rest = String.join("/", parts.subList(1, parts.size()));
        return switch (parts.get(0)) {
            case "branches" -> rest.isEmpty() ? commits.branches(request) : commits.branch(rest);
            // Protection is the old kind here; there are no rulesets.
            case "rules" -> Reply.json(200, Json.array());
            case "tags" -> commits.tags(request);
            case "commits" -> commit(request, rest);
            case "compare" -> commits.compare(request, rest);
            case "languages" -> commits.languages();
            case "git" ->
                rest.startsWith("trees/")
                        ? commits.tree(rest.substring("trees/".length()))
                        : commits.blob(rest.replaceFirst("^blobs/", ""));
            case "pulls" -> items.pulls(request, parts);
            case "issues" -> items.issues(request, parts);
            case "releases" -> items.releases(request, parts);
            case "actions" -> rest.matches("runs(/.*)?") ? items.runs(request, parts) : GitHubErrors.notFound();
            case "deployments" -> items.deployments(request, parts);
            default -> GitHubErrors.notFound();
        };
    }

    private Reply commit(RecordedRequest request, String rest) {
        if (rest.isEmpty()) {
            return commits.list(request);
        }
        return rest.endsWith("/check-runs")
                ? items.checks(request, rest.replaceFirst("/check-runs$", ""))
                : commits.one(rest);
    }

    private static ObjectNode meta() {
        ObjectNode meta = Json.object().put("verifiable_password_authentication", false);
        meta.putArray("hooks").add("127.0.0.0/8");
        return meta;
    }
}
