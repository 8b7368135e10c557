package io.atmosfera.integration.outbound;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the last calls of each connection told about it: its circuit, and how much of its rate limit is left. */
@Component("outboundState")
public class OutboundState {

    private final CircuitBreakerRegistry circuits;
    private final Map<String, RateLimit> limits = new ConcurrentHashMap<>();

    OutboundState(CircuitBreakerRegistry circuits) {
        this.circuits = circuits;
    }

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

    public @Nullable RateLimit rateLimit(Object connection) {
        return limits.get(String.valueOf(connection));
    }

    /** Gives a connection a fresh start, after its configuration was changed. */
    public void reset(Object connection) {
        circuits.find(String.valueOf(connection)).ifPresent(CircuitBreaker::reset);
        limits.remove(String.valueOf(connection));
    }

    void remember(String connection, ClassicHttpResponse response) {
        Header remaining = response.getFirstHeader("X-RateLimit-Remaining");
        if (remaining != null) {
            limits.put(
                    connection,
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
