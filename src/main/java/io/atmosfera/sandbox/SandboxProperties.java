package io.atmosfera.sandbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Profile;

/**
 * @param port where the simulated Jira listens on the loopback address; 0 is any free port
 * @param issues how many issues it begins with
 * @param changeInterval how often issues change by themselves; zero is never
 * @param webhookSecret what its webhooks are signed with, and what the project DEMO expects
 */
// The profile is repeated here because a scan for properties would find this record in every profile.
@Profile("sandbox")
@ConfigurationProperties(prefix = "platform.sandbox")
record SandboxProperties(
        @DefaultValue("8090") int port,
        @DefaultValue("500") int issues,
        @DefaultValue("4s") Duration changeInterval,
        @DefaultValue("sandbox-webhook-secret") String webhookSecret) {

    SandboxProperties {
        require(port >= 0 && port <= 65535, "port must be between 0 and 65535, not " + port);
        require(issues >= 0 && issues <= 100_000, "issues must be between 0 and 100000, not " + issues);
        require(!changeInterval.isNegative(), "change-interval must not be negative");
        // A schedule in milliseconds would take less than one for zero, which the timer refuses.
        require(
                changeInterval.isZero() || changeInterval.toMillis() > 0,
                "change-interval must be zero or at least one millisecond");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException("platform.sandbox." + message);
        }
    }
}
