package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.http.Reply;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The webhooks of the repository: made, changed, removed, and what was delivered to them. */
final class HooksApi {

    private final Map<Long, Hook> hooks = new ConcurrentSkipListMap<>();
    private final Repository repository;
    private final Shapes shapes;
    private final Paging paging;
    private final Clock clock;
    private final HookSender sender;
    private long lastId;

    HooksApi(Repository repository, Paging paging, Clock clock) {
        this.repository = repository;
        this.shapes = repository.shapes();
        this.paging = paging;
        this.clock = clock;
        this.sender = new HookSender(clock);
        this.lastId = 500_000_000L + clock.instant().getEpochSecond() % 1_000_000;
    }

    void stop() {
        sender.stop();
    }

    /** Delivers an event to the hooks that want it. */
    void event(String event, ObjectNode payload) {
        for (Hook hook : hooks.values()) {
            if (hook.wants(event)) {
                sender.send(hook, event, payload.path("action").asText(""), Json.write(payload));
            }
        }
    }

    /** @param parts the path below the repository, which begins with "hooks" */
    Reply answer(RecordedRequest request, List<String> parts) {
        String path = "/" + String.join("/", parts);
        if (parts.size() == 1) {
            return switch (request.method()) {
                case "GET" ->
                    paging.page(
                            request,
                            path,
                            hooks.values().stream().map(this::json).toList());
                case "POST" -> create(request.json());
                default -> GitHubErrors.notFound();
            };
        }
        Hook hook = parts.get(1).matches("\\d{1,18}") ? hooks.get(Long.valueOf(parts.get(1))) : null;
        if (hook == null) {
            return GitHubErrors.notFound();
        }
        if (parts.size() == 2) {
            return one(request, hook);
        }
        String what = request.method() + " " + String.join("/", parts.subList(2, parts.size()));
        if (what.equals("GET deliveries")) {
            boolean failures = "failure".equals(request.parameter("status"));
            return paging.page(
                    request,
                    path,
                    hook.deliveries().stream()
                            .map(Hook.Delivery::json)
                            .filter(json ->
                                    !failures || json.path("status_code").asInt() / 100 != 2)
                            .toList());
        }
        if (what.equals("POST pings")) {
            ping(hook);
            return Reply.noContent();
        }
        return what.matches("POST deliveries/\\d{1,18}/attempts")
                ? again(hook, Long.parseLong(parts.get(3)))
                : GitHubErrors.notFound();
    }

    private Reply one(RecordedRequest request, Hook hook) {
        return switch (request.method()) {
            case "GET" -> Reply.json(200, json(hook));
            case "PATCH" -> {
                hook.change(request.json(), clock.instant());
                yield Reply.json(200, json(hook));
            }
            case "DELETE" -> {
                Hook unused = hooks.remove(hook.id());
                yield Reply.noContent();
            }
            default -> GitHubErrors.notFound();
        };
    }

    private synchronized Reply create(JsonNode given) {
        String url = given.path("config").path("url").asText("");
        if (!url.matches("https?://\\S+")) {
            return GitHubErrors.invalid("Hook", "url", "missing_field");
        }
        if (hooks.values().stream().anyMatch(hook -> hook.url().equals(url))) {
            return GitHubErrors.invalid("Hook", "url", "already_exists");
        }
        lastId++;
        Hook hook = new Hook(lastId, clock.instant());
        hook.change(given, clock.instant());
        hooks.put(hook.id(), hook);
        ping(hook);
        return Reply.json(201, json(hook));
    }

    private void ping(Hook hook) {
        ObjectNode payload =
                Json.object().put("zen", "Keep it logically awesome.").put("hook_id", hook.id());
        payload.set("hook", json(hook));
        payload.set("repository", repository.json());
        payload.set("sender", Developer.CALLER.user(shapes.base()));
        sender.send(hook, "ping", "", Json.write(payload));
    }

    private Reply again(Hook hook, long id) {
        Optional<Hook.Delivery> delivery = hook.delivery(id);
        delivery.ifPresent(one -> sender.again(hook, one));
        return delivery.isPresent() ? Reply.json(202, Json.object()) : GitHubErrors.notFound();
    }

    private ObjectNode json(Hook hook) {
        return hook.json(shapes.api("/hooks/" + hook.id()));
    }
}
