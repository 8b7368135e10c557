package io.atmosfera.integration.analysis;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What an analysis may cost.
 *
 * @param filesPerSync files that a deep analysis reads in one sync; the next sync goes on
 * @param largestFile  bytes of the largest file that it reads; larger ones are judged by their size
 * @param treeRequests the most requests for the names of all files, where GitHub cuts its list off
 */
@Validated
@ConfigurationProperties("platform.github.analysis")
public record AnalysisProperties(
        @DefaultValue("300") @Min(0) @Max(100_000) int filesPerSync,
        @DefaultValue("524288") @Min(1024) @Max(16_777_216) int largestFile,
        @DefaultValue("1000") @Min(1) @Max(100_000) int treeRequests) {}
