package io.atmosfera.integration.live;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The knobs of the live updates.
 *
 * @param buffer       messages that wait for a slow client before it gets a resync and fetches everything again
 * @param maxClients   clients that one instance serves at a time
 * @param heartbeatMs  pause between two heartbeats, in milliseconds
 * @param silenceMs    how long a client may give no sign of life before it is taken for dead, in milliseconds
 * @param tokenCheckMs pause between two looks whether the clients' tokens are still valid, in milliseconds
 */
@ConfigurationProperties("platform.live")
@Validated
public record LiveProperties(
        @DefaultValue("1000") @Min(1) @Max(100_000) int buffer,
        @DefaultValue("5000") @Min(0) @Max(1_000_000) int maxClients,
        @DefaultValue("20000") @Min(10) @Max(3_600_000) long heartbeatMs,
        @DefaultValue("60000") @Min(100) @Max(86_400_000) long silenceMs,
        @DefaultValue("60000") @Min(10) @Max(3_600_000) long tokenCheckMs) {}
