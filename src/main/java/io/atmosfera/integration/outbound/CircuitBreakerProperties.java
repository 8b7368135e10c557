package io.atmosfera.integration.outbound;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When a connection is left alone after failures; each connection has a circuit of its own.
 *
 * @param slidingWindowSize            calls that the failure rate is taken over
 * @param minimumNumberOfCalls         calls before the rate counts
 * @param failureRateThreshold         failed calls in percent that open the circuit
 * @param waitDurationInOpenState      how long no call is made
 * @param permittedCallsInHalfOpenState calls that then try whether it is over
 */
@ConfigurationProperties("platform.outbound.circuit-breaker")
@Validated
public record CircuitBreakerProperties(
        @DefaultValue("20") @Min(1) @Max(10000) int slidingWindowSize,
        @DefaultValue("10") @Min(1) @Max(10000) int minimumNumberOfCalls,
        @DefaultValue("50") @Min(1) @Max(100) int failureRateThreshold,
        @DefaultValue("30s") Duration waitDurationInOpenState,
        @DefaultValue("2") @Min(1) @Max(100) int permittedCallsInHalfOpenState) {}
