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
 * @param workflowRunsCap     how many workflow runs GitHub shows in one list; longer ones are walked by spans of time
 * @param commitAnalysisLimit how many of the newest commits are asked for what they changed
 * @param pullDetailsLimit    how many pull requests a sync asks for their details
 * @param detailsLimit        how many branches' rules, commits' checks and deployments' statuses a sync asks for, of each
 * @param backlogRequests     so many requests of a sync go, at most, to what has not changed since the last one
 * @param missingLimit        how many of what a full sync did not find in a list a sync asks for, of each kind
 * @param detailsInterval     after this long things are read again of which GitHub does not tell when they change
 * @param checksSettle        so long after a push checks that have ended are looked at again: others may still begin
 * @param rateLimitBuffer     how much of the rate limit syncs leave to webhooks and people: requests, or percent with a %
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
                    "pull-details",
                    "branch-protection",
                    "check-runs",
                    "deployments",
                    "deployment-statuses",
                    "analysis",
                    "commit-history",
                    "commit-statistics"
                })
                List<String> streams,
        @DefaultValue("40000") @Min(1) int workflowRunsCap,
        @DefaultValue("1000") @Min(0) @Max(100_000) int commitAnalysisLimit,
        @DefaultValue("250") @Min(0) @Max(100_000) int pullDetailsLimit,
        @DefaultValue("500") @Min(0) @Max(100_000) int detailsLimit,
        @DefaultValue("40") @Min(0) @Max(100_000) int backlogRequests,
        @DefaultValue("500") @Min(0) @Max(100_000) int missingLimit,
        @DefaultValue("24h") Duration detailsInterval,
        @DefaultValue("1h") Duration checksSettle,
        @DefaultValue("10%")
                @Pattern(
                        regexp = "\\d{1,6}|\\d{1,2}%",
                        message = "must be a number of requests, or percent such as 10%")
                String rateLimitBuffer,
        @DefaultValue("shallow") @Pattern(regexp = "shallow|deep", message = "must be shallow or deep")
                String analysisDepth) {}
