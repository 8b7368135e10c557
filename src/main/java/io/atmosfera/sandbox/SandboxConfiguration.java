package io.atmosfera.sandbox;

import io.atmosfera.sandbox.jira.SimulatedJira;
import java.net.URI;
import java.util.Optional;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

/** Runs the simulated systems beside the platform, for a first look without a Jira at hand. */
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

    @Bean
    DemoProject demoProject(SandboxProperties properties, SimulatedJira jira, Environment environment) {
        return new DemoProject(properties, jira.baseUri(), environment);
    }
}
