package io.atmosfera.integration.outbound;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a test of a connection found, as clients get it.
 *
 * @param ok            whether the connection can be used
 * @param deployment    Jira: cloud or datacenter
 * @param serverVersion of a server that says it
 * @param account       whose credential it is
 * @param permissions   GitHub: what the credential may do in the repository
 * @param latencyMs     how long the answer took, in milliseconds
 * @param error         why not, in a sentence
 * @param retryAt       before that moment another test only does harm
 * @param baseUrl       Jira: where it takes itself to be, without a slash at its end; its webhooks say so
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConnectionResult(
        boolean ok,
        @Nullable String deployment,
        @Nullable String serverVersion,
        @Nullable String account,
        @Nullable List<String> permissions,
        long latencyMs,
        @Nullable String error,
        @JsonIgnore @Nullable OffsetDateTime retryAt,
        @JsonIgnore @Nullable String baseUrl) {

    /** A failed test. */
    public static ConnectionResult failed(String error, @Nullable Long startedNanos, @Nullable OffsetDateTime retryAt) {
        long latency = startedNanos == null ? 0 : since(startedNanos);
        return new ConnectionResult(false, null, null, null, null, latency, error, retryAt, null);
    }

    /** Milliseconds since a moment of {@link System#nanoTime}. */
    public static long since(long startedNanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
    }
}
