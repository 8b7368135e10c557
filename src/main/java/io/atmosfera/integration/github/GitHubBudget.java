package io.atmosfera.integration.github;

import io.atmosfera.integration.outbound.OutboundState;
import io.atmosfera.integration.outbound.OutboundState.RateLimit;
import io.atmosfera.integration.outbound.Patience;
import io.atmosfera.integration.outbound.QuietConnections;
import io.atmosfera.integration.outbound.RateLimited;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How much of GitHub's rate limit a connection has left, and that syncs leave some of it to webhooks and people. */
@Component("githubBudget")
public class GitHubBudget {

    /** What REST calls are counted by; GitHub has other limits for searches and the like. */
    private static final String CORE = "core";

    private static final Duration LONGEST = Duration.ofHours(2);
    private static final int PERCENT = 100;
    private static final int NOT_MODIFIED = 304;
    private static final int REFUSED = 400;

    private final OutboundState state;
    private final Patience patience;
    private final GitHubProperties properties;
    private final MeterRegistry metrics;
    private final Clock clock;

    /** The connections whose limits are metrics already: a second registration would be warned of. */
    private final Set<String> gauged = ConcurrentHashMap.newKeySet();

    GitHubBudget(
            OutboundState state, Patience patience, GitHubProperties properties, MeterRegistry metrics, Clock clock) {
        this.patience = patience;
        this.state = state;
        this.properties = properties;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Lets a call go, unless GitHub has asked for patience, or it is a sync's and only the reserve is left. Where no limit is known nothing is held back: an
     * Enterprise Server may have none.
     *
     * @param syncId the sync that the call is for; null where it is for somebody who waits
     * @throws RateLimited until the limit resets
     */
    public void spend(GitHubConnection connection, @Nullable Object syncId) {
        patience.pass(
                connection.id(),
                until -> "GitHub's rate limit is reached; calls make sense again at " + QuietConnections.shown(until)
                        + ".");
        RateLimit known = syncId == null ? null : state.rateLimit(connection.id(), CORE);
        long limit = known == null ? -1 : number(known.limit());
        long remaining = known == null ? -1 : number(known.remaining());
        Instant reset = known == null ? null : moment(known.resetAt());
        if (limit <= 0 || remaining < 0 || reset == null) {
            return;
        }
        long reserve = reserve(limit);
        Instant now = clock.instant();
        if (remaining > reserve || reserve == 0 || !reset.isAfter(now)) {
            return;
        }
        Duration wait = Duration.between(now, reset);
        Duration pause = wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        Instant until = now.plus(pause);
        throw new RateLimited(
                "Of GitHub's rate limit " + remaining + " of " + limit
                        + " requests are left, which are kept for webhooks and people; the sync goes on at "
                        + QuietConnections.shown(until) + ".",
                pause,
                QuietConnections.jittered(until));
    }

    private long reserve(long limit) {
        String buffer = properties.rateLimitBuffer();
        long number = number(buffer.replace("%", ""));
        return buffer.endsWith("%") ? limit * number / PERCENT : Math.min(number, limit - 1);
    }

    /**
     * Counts an answer by what it was asked for.
     *
     * @param syncId  the sync that asked, if any
     * @param stream  which of its streams
     * @param purpose of any other call; webhook where nothing is said
     */
    public void count(
            GitHubConnection connection,
            int status,
            @Nullable Object syncId,
            @Nullable String stream,
            @Nullable String purpose) {
        String asker = purpose == null ? "webhook" : purpose;
        Counter.builder("platform.github.requests")
                .description(
                        "Answers of GitHub by what was asked for; not-modified ones cost nothing of the rate limit")
                .tag("purpose", syncId == null ? asker : stream == null ? "sync" : stream)
                .tag("answer", status == NOT_MODIFIED ? "not-modified" : status < REFUSED ? "good" : "refused")
                .register(metrics)
                .increment();
        if (state.rateLimit(connection.id(), CORE) != null && gauged.add(connection.id())) {
            gauge(connection.id(), "limit", "Requests in a span", limit -> number(limit.limit()));
            gauge(connection.id(), "remaining", "Requests that are left", limit -> number(limit.remaining()));
            gauge(connection.id(), "reset", "When the limit resets, in seconds since 1970", limit -> {
                Instant reset = moment(limit.resetAt());
                return reset == null ? -1L : reset.getEpochSecond();
            });
        }
    }

    /** What a probe is for: a person waits for its result where a request names the project. */
    public String purposeOfProbe(@Nullable String projectId) {
        return projectId == null ? "probe" : "test";
    }

    private void gauge(String connection, String name, String description, Function<RateLimit, Long> value) {
        Gauge.builder("platform.github.rate.limit." + name, state, limits -> {
                    RateLimit known = limits.rateLimit(connection, CORE);
                    return known == null ? Double.NaN : value.apply(known);
                })
                .description(description)
                .tag("connection", connection)
                .tag("resource", CORE)
                .register(metrics);
    }

    private static long number(@Nullable String text) {
        return text != null && text.matches("\\d{1,9}") ? Long.parseLong(text) : -1;
    }

    private static @Nullable Instant moment(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException other) {
            return null;
        }
    }
}
