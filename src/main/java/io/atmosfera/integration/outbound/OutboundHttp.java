package io.atmosfera.integration.outbound;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;

/**
 * What happens to every call to another system, in the HTTP client's chain: the connection's circuit breaker and its
 * metrics; its credential comes further in ({@link OutboundCredential}). Camel's circuitBreaker EIP keeps one state for all exchanges of a step; connections of
 * different customers must not open each other's circuit (docs/adr/0009).
 */
class OutboundHttp implements ExecChainHandler {

    /** Names the connection; set by routes, taken off by {@link OutboundCredential} before the request leaves. */
    static final String CONNECTION_HEADER = "PlatformConnection";

    private static final int SERVER_ERROR = 500;

    private final CircuitBreakerRegistry circuits;
    private final OutboundState state;
    private final MeterRegistry metrics;

    OutboundHttp(CircuitBreakerRegistry circuits, OutboundState state, MeterRegistry metrics) {
        this.circuits = circuits;
        this.state = state;
        this.metrics = metrics;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Header header = request.getFirstHeader(CONNECTION_HEADER);
        if (header == null) {
            throw new IOException("An outbound call names no connection");
        }
        String connection = header.getValue();
        OutboundCredential.remember(scope.clientContext, connection);
        if (OutboundCredentials.isTest(connection)) {
            // Somebody tries a configuration: every try is a real call, and leaves no circuit behind.
            return chain.proceed(request, scope);
        }
        CircuitBreaker circuit = circuits.circuitBreaker(connection);
        if (!circuit.tryAcquirePermission()) {
            count(connection, "circuit-open", Duration.ZERO);
            throw new CircuitOpenException(Duration.ofMillis(circuit.getCircuitBreakerConfig()
                    .getWaitIntervalFunctionInOpenState()
                    .apply(1)));
        }
        long start = System.nanoTime();
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            long elapsed = System.nanoTime() - start;
            if (response.getCode() >= SERVER_ERROR) {
                circuit.onError(elapsed, TimeUnit.NANOSECONDS, new IOException("HTTP " + response.getCode()));
            } else {
                circuit.onSuccess(elapsed, TimeUnit.NANOSECONDS);
            }
            state.remember(connection, response);
            state.met(connection, response.getCode() < SERVER_ERROR, Duration.ofNanos(elapsed));
            count(connection, String.valueOf(response.getCode()), Duration.ofNanos(elapsed));
            return response;
        } catch (IOException | HttpException | RuntimeException failure) {
            long elapsed = System.nanoTime() - start;
            circuit.onError(elapsed, TimeUnit.NANOSECONDS, failure);
            state.met(connection, false, Duration.ofNanos(elapsed));
            count(connection, "no-answer", Duration.ofNanos(elapsed));
            throw failure;
        }
    }

    private void count(String connection, String outcome, Duration elapsed) {
        Timer.builder("platform.outbound.calls")
                .description("Calls to other systems by connection and outcome (HTTP status, no-answer, circuit-open)")
                .tag("connection", connection)
                .tag("outcome", outcome)
                .register(metrics)
                .record(elapsed);
    }
}
