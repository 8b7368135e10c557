package io.atmosfera.sandbox.github;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import io.atmosfera.sandbox.http.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** So many requests an hour. What has not changed costs none. */
final class RateLimit {

    private static final Duration WINDOW = Duration.ofHours(1);

    private final String resource;
    private final int most;
    private final Clock clock;
    private int used;
    private Instant reset;

    RateLimit(String resource, int most, Clock clock) {
        this.resource = resource;
        this.most = most;
        this.clock = clock;
        this.reset = clock.instant().plus(WINDOW);
    }

    synchronized boolean isReached() {
        renew();
        return used >= most;
    }

    synchronized void spend() {
        renew();
        used++;
    }

    synchronized Reply with(Reply reply) {
        renew();
        return reply.with("X-RateLimit-Limit", String.valueOf(most))
                .with("X-RateLimit-Remaining", String.valueOf(Math.max(0, most - used)))
                .with("X-RateLimit-Used", String.valueOf(used))
                .with("X-RateLimit-Reset", String.valueOf(reset.getEpochSecond()))
                .with("X-RateLimit-Resource", resource);
    }

    synchronized ObjectNode json() {
        renew();
        return Json.object()
                .put("limit", most)
                .put("used", used)
                .put("remaining", Math.max(0, most - used))
                .put("reset", reset.getEpochSecond());
    }

    private void renew() {
        if (!clock.instant().isBefore(reset)) {
            used = 0;
            reset = clock.instant().plus(WINDOW);
        }
    }
}
