package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Delivery;
import io.atmosfera.sandbox.http.Json;
import io.atmosfera.sandbox.http.RecordedRequest;
import io.atmosfera.sandbox.http.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What a fault does to one request. {@code regular} is the answer there would be without it. */
interface FaultEffect {

    Delivery apply(Supplier<Reply> regular, Surroundings surroundings) throws InterruptedException;

    /**
     * What an effect can see.
     *
     * @param closed opens when the simulated Jira closes, so that no request waits longer than it runs
     */
    record Surroundings(RecordedRequest request, Clock clock, CountDownLatch closed) {

        boolean isClosedAfter(Duration delay) throws InterruptedException {
            return closed.await(delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    static FaultEffect answer(Reply reply) {
        return (regular, surroundings) -> Delivery.whole(reply);
    }

    static FaultEffect rateLimit(Duration retryAfter) {
        return (regular, surroundings) -> Delivery.whole(JiraErrors.of(429, "Rate limit exceeded.")
                .with("Retry-After", String.valueOf(retryAfter.toSeconds()))
                .with("X-RateLimit-Limit", "100")
                .with("X-RateLimit-Remaining", "0")
                .with(
                        "X-RateLimit-Reset",
                        surroundings
                                .clock()
                                .instant()
                                .plus(retryAfter)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString())
                .with("RateLimit-Reason", "jira-burst-based"));
    }

    static FaultEffect changed(UnaryOperator<Reply> change) {
        return (regular, surroundings) -> Delivery.whole(change.apply(regular.get()));
    }

    /** Leaves answers alone that are not a JSON object. */
    static FaultEffect rewritten(Consumer<ObjectNode> change) {
        return changed(reply -> {
            JsonNode body = Json.readOrMissing(reply.body());
            if (!(body instanceof ObjectNode object)) {
                return reply;
            }
            change.accept(object);
            return reply.withBody(Json.write(object));
        });
    }

    static FaultEffect cut() {
        return (regular, surroundings) -> Delivery.cut(regular.get());
    }

    static FaultEffect hang(Duration time) {
        return (regular, surroundings) -> {
            // Either way there is no answer: the client has given up, or the server is going away.
            boolean unused = surroundings.isClosedAfter(time);
            return Delivery.nothing();
        };
    }

    static FaultEffect slow(Duration delay) {
        return (regular, surroundings) ->
                surroundings.isClosedAfter(delay) ? Delivery.nothing() : Delivery.whole(regular.get());
    }

    static FaultEffect before(Runnable hook) {
        return (regular, surroundings) -> {
            hook.run();
            return Delivery.whole(regular.get());
        };
    }

    /** The next token is the one that was sent, so the client is led in a circle. */
    static FaultEffect repeatedToken() {
        return (regular, surroundings) -> {
            String token = surroundings.request().parameter("nextPageToken");
            FaultEffect circle =
                    rewritten(body -> body.put("nextPageToken", token).put("isLast", false));
            return circle.apply(regular, surroundings);
        };
    }

    static Reply withResetToTheMinute(Reply reply) {
        String reset = reply.headers().get("X-RateLimit-Reset");
        if (reset == null) {
            return reply;
        }
        DateTimeFormatter minutes = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm'Z'");
        return reply.with(
                "X-RateLimit-Reset",
                minutes.format(Instant.parse(reset).plus(59, ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC)));
    }
}
