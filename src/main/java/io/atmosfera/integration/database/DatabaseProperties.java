package io.atmosfera.integration.database;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long statements may take, and how many requests have one at a time.
 *
 * @param requestConnections how many connections the requests of the API share; syncs and deliveries have others
 * @param requestTimeoutMs   how long the statements of one request may take together, in milliseconds
 * @param statementTimeoutMs how long any other statement may take, in milliseconds
 */
@ConfigurationProperties("platform.database")
@Validated
public record DatabaseProperties(
        @DefaultValue("10") @Min(1) @Max(1000) int requestConnections,
        @DefaultValue("20000") @Min(100) @Max(29000) int requestTimeoutMs,
        @DefaultValue("900000") @Min(1000) int statementTimeoutMs) {}
