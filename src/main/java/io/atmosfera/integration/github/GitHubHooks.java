package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.github.GitHubRedelivery.Hook;
import io.atmosfera.integration.outbound.CallException;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.RateLimited;
import io.atmosfera.integration.outbound.RefusedException;
import io.atmosfera.integration.outbound.RootCause;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How a repository's hook has to be, and what is to be done where it is not. */
@Component("githubHooks")
public class GitHubHooks {

    /** Stands for the secret, which only the HTTP client knows. */
    private static final String SECRET = "@webhookSecret@";

    private static final double FIRST_PAUSE_SECONDS = 15;
    private static final int MOST_DOUBLINGS = 10;

    /** With the pauses between them about half an hour, within which the credential of a connection that is gone is kept. */
    private static final int MOST_REMOVALS = 8;

    private final ObjectMapper json;
    private final Clock clock;
    private final GitHubRedelivery redelivery;
    private final GitHubFailures failures;

    GitHubHooks(ObjectMapper json, Clock clock, GitHubRedelivery redelivery, GitHubFailures failures) {
        this.json = json;
        this.clock = clock;
        this.redelivery = redelivery;
        this.failures = failures;
    }

    /**
     * What to ask GitHub for.
     *
     * @param method  POST or PATCH
     * @param url     the address
     * @param payload with a mark instead of the secret
     */
    public record Plan(String method, String url, String payload) {}

    /**
     * How a hook is.
     *
     * @param state        registered or failed
     * @param hookId       GitHub's, where it is known
     * @param hookUrl      its address in the API
     * @param created      whether it was made just now
     * @param secretId     the secret that GitHub has been given
     * @param events       JSON
     * @param lastDelivery JSON
     * @param error        what is wrong, in a sentence
     * @param pauseSeconds after which it is looked at again
     */
    public record Outcome(
            String state,
            @Nullable Long hookId,
            @Nullable String hookUrl,
            boolean created,
            @Nullable Long secretId,
            @Nullable String events,
            @Nullable String lastDelivery,
            @Nullable String error,
            double pauseSeconds) {}

    /**
     * What became of a hook that was to be removed.
     *
     * @param words        for the log
     * @param error        why it is still there
     * @param pauseSeconds after which it is tried again; null where it is not
     */
    public record Removal(String words, @Nullable String error, @Nullable Double pauseSeconds) {}

    /**
     * What has to be done that the hook is as it should be; null where nothing. Events that somebody has added stay.
     *
     * @param hook null if there is none
     */
    public @Nullable Plan plan(@Nullable Hook hook, Map<String, Object> claim, GitHubConnection connection) {
        if (claim.get("secret_id") == null) {
            throw new RefusedException(
                    Reason.BAD_REQUEST, "The connection has no webhookSecret. Save it once more, with or without one.");
        }
        Set<String> events = new TreeSet<>(GitHubEventTypes.KNOWN);
        ObjectNode body = json.createObjectNode();
        ObjectNode config = json.createObjectNode();
        if (hook == null) {
            body.put("name", "web");
        } else {
            JsonNode now = hook.state();
            Set<String> subscribed = new TreeSet<>();
            now.path("events").forEach(event -> subscribed.add(event.asText()));
            boolean complete = subscribed.contains("*") || subscribed.containsAll(events);
            if (complete
                    && now.path("active").asBoolean()
                    && now.path("config").path("content_type").asText().equals("json")
                    && number(claim, "secret_id").equals(number(claim, "set_secret_id"))) {
                return null;
            }
            events = subscribed.contains("*") ? Set.of("*") : events;
            if (!events.contains("*")) {
                events.addAll(subscribed);
            }
        }
        ArrayNode named = body.put("active", true).putArray("events");
        events.forEach(named::add);
        config.put("url", connection.webhookUrl()).put("content_type", "json").put("secret", SECRET);
        config.put(
                "insecure_ssl",
                hook == null
                        ? "0"
                        : hook.state().path("config").path("insecure_ssl").asText("0"));
        body.set("config", config);
        return hook == null
                ? new Plan("POST", connection.api("/hooks"), body.toString())
                : new Plan("PATCH", hook.url(), body.toString());
    }

    private static Object number(Map<String, Object> claim, String name) {
        return claim.get(name) instanceof Number number ? number.longValue() : -1L;
    }

    /**
     * That it is there and as it should be.
     *
     * @param deliveries the last one; null where it cannot be seen
     */
    public Outcome registered(
            Hook hook, @Nullable Plan plan, @Nullable GitHubDocument deliveries, Map<String, Object> claim) {
        JsonNode latest = deliveries == null
                ? MissingNode.getInstance()
                : deliveries.body().path(0);
        ObjectNode last = null;
        if (latest.isObject()) {
            last = json.createObjectNode();
            last.set("at", latest.get("delivered_at"));
            last.set("status", latest.get("status"));
            last.set("statusCode", latest.get("status_code"));
        }
        return new Outcome(
                "registered",
                hook.id(),
                hook.url(),
                plan != null && plan.method().equals("POST"),
                claim.get("secret_id") instanceof Number secret ? secret.longValue() : null,
                hook.state().path("events").isArray()
                        ? hook.state().path("events").toString()
                        : null,
                last == null ? null : last.toString(),
                null,
                redelivery.getIntervalSeconds());
    }

    /** What a failure means, and when to try again: soon and ever more seldom where it may pass. */
    public Outcome failed(Throwable failure, Map<String, Object> claim, GitHubConnection connection) {
        Throwable cause = RootCause.of(failure);
        double pause = redelivery.getIntervalSeconds();
        String error = failures.describe(cause);
        if (cause instanceof RateLimited limit) {
            pause = seconds(limit);
        } else if (is(cause, Reason.PERMISSION) || is(cause, Reason.NOT_FOUND)) {
            error = "The token may not make or change the hook of " + connection.repository()
                    + ". Give it the permission Webhooks: read and write (a classic token: admin:repo_hook), or make the hook"
                    + " by hand: address " + connection.webhookUrl()
                    + ", content type application/json, and as its secret one that you save here as webhookSecret.";
        } else if (!(cause instanceof CallException) || is(cause, Reason.TRANSIENT)) {
            pause = Math.min(pause, pauseAfter(attempts(claim)));
        }
        return new Outcome("failed", null, null, false, null, null, null, error, pause);
    }

    /**
     * The address by which a hook is removed.
     *
     * @throws CallException where the connection leads to another site now, whose token must not be sent there
     */
    public String addressToRemove(Map<String, Object> claim, GitHubConnection connection) {
        Object present = claim.get("api_url");
        if (present != null && !present.equals(connection.apiUrl())) {
            throw new RefusedException(
                    Reason.ELSEWHERE, "The connection leads to another GitHub now. Remove the hook there by hand.");
        }
        return String.valueOf(claim.get("hook_url"));
    }

    public Removal removed() {
        return new Removal("is removed", null, null);
    }

    /** What it means that a hook could not be removed: one that is gone already is as good. */
    public Removal notRemoved(Throwable failure, Map<String, Object> claim) {
        Throwable cause = RootCause.of(failure);
        if (is(cause, Reason.NOT_FOUND)) {
            return removed();
        }
        String error = failures.describe(cause);
        if (cause instanceof RefusedException || attempts(claim) >= MOST_REMOVALS) {
            return new Removal("is left there: " + error, error, null);
        }
        double pause = cause instanceof RateLimited limit ? seconds(limit) : pauseAfter(attempts(claim) - 1);
        return new Removal("could not be removed, which is tried again: " + error, error, pause);
    }

    private static boolean is(Throwable failure, Reason reason) {
        return failure instanceof CallException refusal && refusal.reason() == reason;
    }

    private double seconds(RateLimited limit) {
        return Math.max(1, Duration.between(clock.instant(), limit.until()).toMillis() / 1000.0);
    }

    private static int attempts(Map<String, Object> claim) {
        return claim.get("attempts") instanceof Number number ? number.intValue() : 0;
    }

    private static double pauseAfter(int attempts) {
        return FIRST_PAUSE_SECONDS * (1 << Math.min(MOST_DOUBLINGS, attempts));
    }
}
