package io.atmosfera.integration.github;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The knobs of the GitHub integration (specification §8.1).
 *
 * @param enabled            whether anything is asked of GitHub at all
 * @param probeInterval      pause between two probes of a connection
 * @param redeliveryInterval pause between two looks for deliveries that did not get here
 * @param defaultSyncInterval minutes between scheduled syncs of a repository
 * @param concurrentSyncs     syncs that one instance runs at a time
 * @param streams             what a sync collects, in its order
 * @param commitAnalysisLimit how many of the newest commits are asked for what they changed
 * @param analysisDepth       shallow or deep: how a repository is analysed where its connection does not say
 */
@Validated
@ConfigurationProperties("platform.github")
public record GitHubProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("60s") Duration probeInterval,
        @DefaultValue("10m") Duration redeliveryInterval,
        @DefaultValue("15") @Min(1) @Max(10080) int defaultSyncInterval,
        @DefaultValue("2") @Min(1) @Max(64) int concurrentSyncs,
        @DefaultValue({
                    "repository",
                    "branches",
                    "tags",
                    "commits",
                    "pulls",
                    "issues",
                    "releases",
                    "workflow-runs",
                    "commit-details",
                    "analysis"
                })
                List<String> streams,
        @DefaultValue("1000") @Min(0) @Max(100_000) int commitAnalysisLimit,
        @DefaultValue("shallow") @Pattern(regexp = "shallow|deep", message = "must be shallow or deep")
                String analysisDepth) {}
