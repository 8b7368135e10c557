package io.atmosfera.integration.outbound;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the last calls of each connection told about it: its circuit, and how much of its rate limit is left. */
@Component("outboundState")
public class OutboundState {

    /** What GitHub calls the limit of most calls; other systems have one only and give it no name. */
    private static final String MOST_CALLS = "core";

    private final ObjectMapper json;
    private final CircuitBreakerRegistry circuits;
    private final Map<String, Calls> calls = new ConcurrentHashMap<>();
    private final Map<String, Map<String, RateLimit>> limits = new ConcurrentHashMap<>();

    OutboundState(ObjectMapper json, CircuitBreakerRegistry circuits) {
        this.json = json;
        this.circuits = circuits;
    }

    private record Calls(int answered, int failed, long millis) {}

    /** A rate limit as its headers say it. */
    public record RateLimit(@Nullable String limit, @Nullable String remaining, @Nullable String resetAt) {}

    /** CLOSED, OPEN or HALF_OPEN. */
    public String circuit(Object connection) {
        return circuits.find(String.valueOf(connection))
                .map(CircuitBreaker::getState)
                .map(state -> switch (state) {
                    case OPEN, FORCED_OPEN -> "OPEN";
                    case HALF_OPEN -> "HALF_OPEN";
                    default -> "CLOSED";
                })
                .orElse("CLOSED");
    }

    /** The limit of most calls, as the last one told it. */
    public @Nullable RateLimit rateLimit(Object connection) {
        return rateLimit(connection, MOST_CALLS);
    }

    /**
     * The limit of a kind of calls.
     *
     * @param resource as GitHub names the kind, such as {@code search}
     */
    public @Nullable RateLimit rateLimit(Object connection, String resource) {
        return limits.getOrDefault(String.valueOf(connection), Map.of()).get(resource);
    }

    /** The limit of most calls as JSON, to be kept; null where none was told. */
    public @Nullable String rateLimitJson(Object connection) {
        RateLimit known = rateLimit(connection);
        return known == null ? null : json.valueToTree(known).toString();
    }

    /**
     * What the calls of each stored connection met since this was asked last, as the arrays {@code ids}, {@code oks} and
     * {@code latencies} (milliseconds). A connection is well where more than half of its calls were answered as calls should be.
     */
    public Map<String, Object[]> observations() {
        List<Long> ids = new ArrayList<>();
        List<Boolean> oks = new ArrayList<>();
        List<@Nullable Integer> latencies = new ArrayList<>();
        for (String connection : List.copyOf(calls.keySet())) {
            Calls met = calls.remove(connection);
            if (met != null && connection.matches("\\d{1,18}")) {
                ids.add(Long.valueOf(connection));
                oks.add(met.answered() > met.failed());
                latencies.add(met.answered() == 0 ? null : (int) (met.millis() / met.answered()));
            }
        }
        return Map.of(
                "ids", ids.toArray(Long[]::new),
                "oks", oks.toArray(Boolean[]::new),
                "latencies", latencies.toArray(Integer[]::new));
    }

    /** Notes that a call was answered, with anything but a failure of the other system, or was not. */
    void met(String connection, boolean answered, Duration elapsed) {
        calls.merge(
                connection,
                answered ? new Calls(1, 0, elapsed.toMillis()) : new Calls(0, 1, 0),
                (before, one) -> new Calls(
                        before.answered() + one.answered(),
                        before.failed() + one.failed(),
                        before.millis() + one.millis()));
    }

    /** Takes back what the calls of a connection met: what they led to tells more, and is noted by itself. */
    public void forget(Object connection) {
        calls.remove(String.valueOf(connection));
    }

    /** Gives a connection a fresh start, after its configuration was changed. */
    public void reset(Object connection) {
        circuits.find(String.valueOf(connection)).ifPresent(CircuitBreaker::reset);
        limits.remove(String.valueOf(connection));
    }

    void remember(String connection, ClassicHttpResponse response) {
        Header remaining = response.getFirstHeader("X-RateLimit-Remaining");
        if (remaining != null) {
            String resource = value(response, "X-RateLimit-Resource");
            limits.computeIfAbsent(connection, any -> new ConcurrentHashMap<>())
                    .put(
                            resource == null ? MOST_CALLS : resource,
                            new RateLimit(
                                    value(response, "X-RateLimit-Limit"),
                                    remaining.getValue(),
                                    moment(value(response, "X-RateLimit-Reset"))));
        }
    }

    /** GitHub counts seconds; Jira writes a moment as people do. */
    private static @Nullable String moment(@Nullable String reset) {
        return reset != null && reset.matches("\\d{1,11}")
                ? Instant.ofEpochSecond(Long.parseLong(reset)).toString()
                : reset;
    }

    private static @Nullable String value(ClassicHttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }
}
