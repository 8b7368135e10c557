package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.outbound.CallException;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.RateLimited;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds in a hook's own list what did not get here. */
@Component("githubRedelivery")
public class GitHubRedelivery {

    private static final double START_SECONDS = 60;

    private final ObjectMapper json;
    private final Clock clock;
    private final GitHubProperties properties;
    private final GitHubProbe probe;

    GitHubRedelivery(ObjectMapper json, Clock clock, GitHubProperties properties, GitHubProbe probe) {
        this.json = json;
        this.clock = clock;
        this.properties = properties;
        this.probe = probe;
    }

    /**
     * The hook that delivers to the platform.
     *
     * @param id    GitHub's
     * @param url   its address in the API
     * @param state as GitHub describes it
     */
    public record Hook(long id, String url, JsonNode state) {}

    /**
     * Why nothing can be done.
     *
     * @param words in a sentence
     * @param until before that moment GitHub is not asked again
     */
    public record Problem(String words, @Nullable OffsetDateTime until) {}

    public double getIntervalSeconds() {
        return properties.redeliveryInterval().toMillis() / 1000.0;
    }

    /**
     * How long ago a connection must have been looked at to be looked at again, in seconds. Every instance has a clock of
     * its own: half of the interval keeps them apart. After a start everything is looked at that was not just now.
     */
    public double pause(long tick) {
        double half = getIntervalSeconds() / 2;
        return tick <= 1 ? Math.min(START_SECONDS, half) : half;
    }

    /** The hook of a page of hooks whose address is the connection's; null where it is not among them. */
    public @Nullable Hook hook(GitHubDocument hooks, GitHubConnection connection) {
        for (JsonNode hook : hooks.body()) {
            if (sameAddress(hook.path("config").path("url").asText(), connection.webhookUrl())) {
                return hook(hook, connection);
            }
        }
        return null;
    }

    /** The hook as GitHub describes it after it was made or changed. */
    public Hook changed(GitHubDocument hook, GitHubConnection connection) {
        return hook(hook.body(), connection);
    }

    private static Hook hook(JsonNode hook, GitHubConnection connection) {
        long id = hook.path("id").asLong();
        String url = hook.path("url").asText();
        // Its own address bears the repository's present name.
        return new Hook(id, GitHubAnswer.isOfSite(url, connection) ? url : connection.api("/hooks/" + id), hook);
    }

    private static boolean sameAddress(String one, @Nullable String other) {
        return other != null && one.replaceFirst("/+$", "").equals(other.replaceFirst("/+$", ""));
    }

    /** A reading of the hook's list, from the newest back to what was read before. */
    public DeliveryScan scan(Hook hook, Map<String, Object> claim) {
        boolean sameHook = claim.get("hook_id") instanceof Number former && former.longValue() == hook.id();
        long known = sameHook && claim.get("last_delivery_id") instanceof Number last ? last.longValue() : 0;
        return new DeliveryScan(json, known, clock.instant());
    }

    /** Takes a page of deliveries and gives the address of the next one. */
    public @Nullable String add(DeliveryScan scan, GitHubDocument page) {
        return scan.add(page);
    }

    /** That GitHub has no such hook. */
    public Problem noHook(GitHubConnection connection) {
        return new Problem(
                "GitHub has no hook that delivers to " + connection.webhookUrl()
                        + ". Enter there the address that webhookUrl names, or correct webhookUrl.",
                null);
    }

    /** What a failure means for looking at deliveries. */
    public Problem problem(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CallException refusal) {
                boolean mayNot = refusal.reason() == Reason.NOT_FOUND || refusal.reason() == Reason.PERMISSION;
                return new Problem(
                        mayNot
                                ? "The token may not see the repository's hooks, so deliveries that did not get here cannot be"
                                        + " asked for again. It needs the permission Webhooks: read and write."
                                : String.valueOf(refusal.getMessage()),
                        refusal instanceof RateLimited limit
                                ? OffsetDateTime.ofInstant(limit.until(), ZoneOffset.UTC)
                                : null);
            }
        }
        return new Problem(probe.describe(failure), null);
    }

    /**
     * Lets one delivery go that GitHub does not have any more, and says so.
     *
     * @throws CallException where the failure is not of this delivery alone
     */
    public String letGo(CallException failure) {
        if (failure.reason() != Reason.NOT_FOUND && failure.reason() != Reason.BAD_REQUEST) {
            throw failure;
        }
        return "it has it no more.";
    }
}
