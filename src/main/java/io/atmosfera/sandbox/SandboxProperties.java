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
 * @param githubPort where the simulated GitHub listens on the loopback address; 0 is any free port
 * @param githubChangeInterval how often something happens in its repository by itself; zero is never
 */
// The profile is repeated here because a scan for properties would find this record in every profile.
@Profile("sandbox")
@ConfigurationProperties(prefix = "platform.sandbox")
record SandboxProperties(
        @DefaultValue("8090") int port,
        @DefaultValue("500") int issues,
        @DefaultValue("4s") Duration changeInterval,
        @DefaultValue("sandbox-webhook-secret") String webhookSecret,
        @DefaultValue("8091") int githubPort,
        @DefaultValue("20s") Duration githubChangeInterval) {

    SandboxProperties {
        requirePort("port", port);
        requirePort("github-port", githubPort);
        require(issues >= 0 && issues <= 100_000, "issues must be between 0 and 100000, not " + issues);
        requireInterval("change-interval", changeInterval);
        requireInterval("github-change-interval", githubChangeInterval);
    }

    private static void requirePort(String name, int port) {
        require(port >= 0 && port <= 65535, name + " must be between 0 and 65535, not " + port);
    }

    private static void requireInterval(String name, Duration interval) {
        // A schedule in milliseconds would take less than one for zero, which the timer refuses.
        require(
                !interval.isNegative() && (interval.isZero() || interval.toMillis() > 0),
                name + " must be zero or at least one millisecond");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException("platform.sandbox." + message);
        }
    }
}
