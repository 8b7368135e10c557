package io.atmosfera.integration.sync;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The knobs of syncs, whatever their source.
 *
 * @param leaseDuration after this long without a sign of life a sync is taken over
 * @param maxRetries    how often a page of a stream is asked for in all before the sync gives up for now
 * @param backoffMs     the first pause before a page is asked for again, in milliseconds; it doubles
 * @param maxBackoffMs  the longest such pause, in milliseconds
 */
@ConfigurationProperties("platform.sync")
@Validated
public record SyncProperties(
        @DefaultValue("15s") Duration leaseDuration,
        @DefaultValue("3") @Min(1) @Max(20) int maxRetries,
        @DefaultValue("1000") @Min(1) @Max(600000) int backoffMs,
        @DefaultValue("5000") @Min(1) @Max(600000) int maxBackoffMs) {}
