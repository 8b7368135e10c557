package io.atmosfera.integration.jira;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The knobs of the Jira integration (specification §8.1).
 *
 * @param enabled             whether anything is asked of Jira at all
 * @param defaultSyncInterval minutes between scheduled syncs of a project that names no interval of its own
 * @param maxRetries          how often a page is asked for in all before the sync gives up for now
 * @param timeoutMs           how long Jira may take to connect, and between two bytes of an answer, in milliseconds
 * @param batchSize           tickets asked for in one page; Jira may give fewer
 * @param autoSync            whether a new configuration that does not say is synced by schedule
 * @param backoffMs           the first pause before a page is asked for again, in milliseconds; it doubles
 * @param maxBackoffMs        the longest such pause, in milliseconds
 * @param overlap             how far an incremental sync looks back before its cursor, for Jira's late search index
 * @param concurrentSyncs     syncs that one instance runs at a time
 * @param censusInterval      pause between two censuses of a project's issue ids
 * @param probeInterval       pause between two probes of a connection
 * @param remoteLinkInterval  pause between two looks for links out of Jira that are to be read or written
 */
@ConfigurationProperties("platform.jira")
@Validated
public record JiraProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("15") @Min(1) @Max(10080) int defaultSyncInterval,
        @DefaultValue("3") @Min(1) @Max(20) int maxRetries,
        @DefaultValue("30000") @Min(100) @Max(600000) int timeoutMs,
        @DefaultValue("500") @Min(1) @Max(5000) int batchSize,
        @DefaultValue("true") boolean autoSync,
        @DefaultValue("1000") @Min(1) @Max(600000) int backoffMs,
        @DefaultValue("5000") @Min(1) @Max(600000) int maxBackoffMs,
        @DefaultValue("2m") Duration overlap,
        @DefaultValue("4") @Min(1) @Max(64) int concurrentSyncs,
        @DefaultValue("24h") Duration censusInterval,
        @DefaultValue("60s") Duration probeInterval,
        @DefaultValue("30s") Duration remoteLinkInterval) {}
