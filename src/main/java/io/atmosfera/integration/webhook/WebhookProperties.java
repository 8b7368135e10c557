package io.atmosfera.integration.webhook;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The knobs of webhooks (specification §8.1).
 *
 * @param enabled                    whether deliveries are taken in; if not they get 503, and the sender tries later
 * @param queueProcessing            whether this instance applies what is stored
 * @param signatureValidation        always true: what is not signed is never taken in
 * @param previousSecretValidMinutes how long a secret stays valid beside its successor, in minutes
 * @param retentionDays              how many whole days deliveries that are done are kept
 * @param workers                    batches of events that are applied at a time
 * @param fetchers                   batches of events at a time for which the other system is asked
 * @param batchSize                  the most entities in a batch
 * @param batchBytes                 the most bytes of deliveries in a batch, but one delivery in any case
 * @param coalesce                   how long an event waits for others of its issue before Jira is asked
 * @param leaseDuration              after this long without a sign of life a batch is given to another instance
 * @param retryPolicy                what happens after a failed attempt
 * @param maxPayloadSize             the largest bodies by their source, up to 100 MB
 * @param bodyBudget                 the most bytes of bodies that all doors hold at a time; one sender gets a quarter
 * @param sources                    the networks that may send, as CIDR, by the source; none named: any may
 */
@Validated
@ConfigurationProperties("platform.webhooks")
public record WebhookProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("true") boolean queueProcessing,
        @DefaultValue("true") @AssertTrue(message = "must be true: unsigned deliveries are never taken in")
                boolean signatureValidation,
        @DefaultValue("1440") @Min(0) @Max(525600) int previousSecretValidMinutes,
        @DefaultValue("30") @Min(1) @Max(3650) int retentionDays,
        @DefaultValue("2") @Min(1) @Max(32) int workers,
        @DefaultValue("4") @Min(1) @Max(64) int fetchers,
        @DefaultValue("200") @Min(1) @Max(2000) int batchSize,
        @DefaultValue("4MB") DataSize batchBytes,
        @DefaultValue("2s") Duration coalesce,
        @DefaultValue("30s") Duration leaseDuration,
        @Valid @DefaultValue RetryPolicy retryPolicy,
        @DefaultValue Map<String, DataSize> maxPayloadSize,
        @DefaultValue("128MB") DataSize bodyBudget,
        @DefaultValue Map<String, List<String>> sources) {

    private static final DataSize LEAST_BUDGET = DataSize.ofKilobytes(64);
    private static final DataSize USUAL_BODY = DataSize.ofMegabytes(10);
    private static final DataSize LARGEST_BODY = DataSize.ofMegabytes(100);

    public WebhookProperties {
        if (bodyBudget.compareTo(LEAST_BUDGET) < 0) {
            throw new IllegalArgumentException("body-budget must be at least 64KB");
        }
        maxPayloadSize.forEach((source, size) -> {
            if (size.toBytes() < 1 || size.compareTo(LARGEST_BODY) > 0) {
                throw new IllegalArgumentException(source + " must be between 1B and 100MB");
            }
        });
    }

    /**
     * How an event is tried again.
     *
     * @param maxAttempts  attempts in all before it is a dead letter
     * @param backoffMs    the first pause in milliseconds; it triples, with jitter
     * @param maxBackoffMs the longest pause in milliseconds
     */
    public record RetryPolicy(
            @DefaultValue("5") @Min(1) @Max(100) int maxAttempts,
            @DefaultValue("2000") @Min(1) @Max(3_600_000) long backoffMs,
            @DefaultValue("600000") @Min(1) @Max(86_400_000) long maxBackoffMs) {}

    /** The largest body that a source may send. */
    DataSize largestBody(String source) {
        return maxPayloadSize.getOrDefault(source, USUAL_BODY);
    }
}
