package io.atmosfera.integration.outbound;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
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
 * @param grants        what the credential allows, where that was asked
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
        @JsonIgnore @Nullable String baseUrl,
        @JsonUnwrapped @Nullable Grants grants) {

    /**
     * What a credential allows.
     *
     * @param features       one by one
     * @param scopes         of a classic token
     * @param tokenExpiresAt when it ends
     * @param warnings       what somebody should do something about soon
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Grants(
            List<Feature> features,
            @Nullable List<String> scopes,
            @Nullable String tokenExpiresAt,
            @Nullable List<String> warnings) {}

    /**
     * Something that is collected or done only with a permission.
     *
     * @param feature    its name
     * @param permission as the other system calls it
     * @param ok         whether the credential has it
     * @param error      what is the matter without it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Feature(String feature, String permission, boolean ok, @Nullable String error) {}

    /** A result without what the credential allows. */
    public ConnectionResult(
            boolean ok,
            @Nullable String deployment,
            @Nullable String serverVersion,
            @Nullable String account,
            @Nullable List<String> permissions,
            long latencyMs,
            @Nullable String error,
            @Nullable OffsetDateTime retryAt,
            @Nullable String baseUrl) {
        this(ok, deployment, serverVersion, account, permissions, latencyMs, error, retryAt, baseUrl, null);
    }

    /** The same with what the credential allows. */
    public ConnectionResult with(Grants allowed) {
        return new ConnectionResult(
                ok, deployment, serverVersion, account, permissions, latencyMs, error, retryAt, baseUrl, allowed);
    }

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
