package io.atmosfera.integration.sandbox;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Runs the simulated Jira beside the platform, for a first look without a Jira at hand. */
@Configuration(proxyBeanMethods = false)
@Profile("sandbox")
@EnableConfigurationProperties(SandboxProperties.class)
class SandboxConfiguration {

    /** Two projects, because issues that leave for another one are part of what the platform must cope with. */
    @Bean(destroyMethod = "close")
    SimulatedJira simulatedJira(SandboxProperties properties) {
        return SimulatedJira.start(SimulatedJira.Options.cloud()
                .port(properties.port())
                .projects("DEMO", "PORT")
                .credentials("demo@example.com", "sandbox")
                .initialIssues(properties.issues())
                .maxIdOnlyPageSize(5000)
                .changeInterval(properties.changeInterval())
                .controlEndpoint(true));
    }
}
