package io.atmosfera.sandbox;

import io.atmosfera.sandbox.github.SimulatedGitHub;
import io.atmosfera.sandbox.github.Ticket;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.net.URI;
import java.util.Optional;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

/** Runs the simulated systems beside the platform, for a first look without a Jira and a GitHub at hand. */
@AutoConfiguration
@Profile("sandbox")
@EnableConfigurationProperties(SandboxProperties.class)
class SandboxConfiguration {

    static final String USER = "demo@example.com";
    static final String PASSWORD = "sandbox";

    /** Two projects, because issues that leave for another one are part of what the platform must cope with. */
    @Bean(destroyMethod = "close")
    SimulatedJira simulatedJira(SandboxProperties properties, Environment environment) {
        SimulatedJira.Options options = SimulatedJira.Options.cloud()
                .port(properties.port())
                .projects("DEMO", "PORT")
                .credentials(USER, PASSWORD)
                .initialIssues(properties.issues())
                .maxIdOnlyPageSize(5000)
                .changeInterval(properties.changeInterval())
                .controlEndpoint(true);
        // Without an address that it can reach, polling has to do.
        Optional<URI> platform = PlatformAddress.of(environment, "server.port");
        platform.ifPresent(
                address -> options.webhook(address.resolve("/api/webhooks/jira"), properties.webhookSecret()));
        return SimulatedJira.start(options);
    }

    /** Its repository is worked on for the tickets of the simulated Jira. */
    @Bean(destroyMethod = "close")
    SimulatedGitHub simulatedGitHub(SandboxProperties properties, SimulatedJira jira) {
        return SimulatedGitHub.start(new SimulatedGitHub.Options()
                .port(properties.githubPort())
                .token(PASSWORD)
                .changeInterval(properties.githubChangeInterval())
                .tickets(() -> jira.summaries("DEMO").entrySet().stream()
                        .map(issue -> new Ticket(issue.getKey(), issue.getValue()))
                        .toList()));
    }

    @Bean
    DemoProject demoProject(
            SandboxProperties properties, SimulatedJira jira, SimulatedGitHub github, Environment environment) {
        return new DemoProject(properties, jira.baseUri(), github, environment);
    }
}
