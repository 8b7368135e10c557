package io.atmosfera.integration.github;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The knobs of the GitHub integration (specification §8.1).
 *
 * @param enabled            whether anything is asked of GitHub at all
 * @param probeInterval      pause between two probes of a connection
 * @param redeliveryInterval pause between two looks for deliveries that did not get here
 */
@Validated
@ConfigurationProperties("platform.github")
public record GitHubProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("60s") Duration probeInterval,
        @DefaultValue("10m") Duration redeliveryInterval) {}
