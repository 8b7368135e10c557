package io.atmosfera.integration.outbound;

import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The one HTTP client with which routes call other systems. */
@Configuration(proxyBeanMethods = false)
class OutboundHttpConfiguration {

    private static final String USER_AGENT = "ATMosFera-Integration-Platform";
    private static final int LONGEST_HANDSHAKE_MILLIS = 10_000;
    private static final int CONNECTIONS_PER_HOST = 16;
    private static final int CONNECTIONS = 200;

    @Bean
    CircuitBreakerRegistry circuitBreakers(CircuitBreakerProperties circuit, MeterRegistry metrics) {
        CircuitBreakerRegistry registry = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowSize(circuit.slidingWindowSize())
                .minimumNumberOfCalls(circuit.minimumNumberOfCalls())
                .failureRateThreshold(circuit.failureRateThreshold())
                .waitDurationInOpenState(circuit.waitDurationInOpenState())
                .permittedNumberOfCallsInHalfOpenState(circuit.permittedCallsInHalfOpenState())
                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                .build());
        TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(registry).bindTo(metrics);
        return registry;
    }

    @Bean("outboundHttp")
    CloseableHttpClient outboundHttp(
            @Value("${platform.jira.timeout-ms:30000}") int timeoutMs,
            OutboundGuard guard,
            CircuitBreakerRegistry circuits,
            OutboundState state,
            ConnectionCredentials credentials,
            Clock clock,
            MeterRegistry metrics) {
        Timeout timeout = Timeout.ofMilliseconds(timeoutMs);
        // A server that speaks no TLS waits for more of what it takes for a request.
        Timeout handshake = Timeout.ofMilliseconds(Math.min(timeoutMs, LONGEST_HANDSHAKE_MILLIS));
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(guard.dnsResolver())
                .setDefaultTlsConfig(
                        TlsConfig.custom().setHandshakeTimeout(handshake).build())
                .setMaxConnPerRoute(CONNECTIONS_PER_HOST)
                .setMaxConnTotal(CONNECTIONS)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(timeout)
                        .setConnectionRequestTimeout(timeout)
                        .build())
                .setUserAgent(USER_AGENT)
                // A session cookie would outlive a revoked credential.
                .disableCookieManagement()
                // The routes decide what is tried again, and say so in the sync's log.
                .disableAutomaticRetries()
                .setRedirectStrategy(guard.guardedRedirectStrategy())
                .addExecInterceptorFirst("connection", new OutboundHttp(circuits, state, metrics))
                .addExecInterceptorAfter(
                        ChainElement.REDIRECT.name(),
                        "credential",
                        new OutboundCredential(credentials, new IssuedTokens(clock)))
                .build();
    }
}
