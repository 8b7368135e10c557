package io.atmosfera.integration.sandbox;

import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
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
    SimulatedJira simulatedJira(
            SandboxProperties properties,
            @Value("${server.port:8080}") int port,
            @Value("${server.ssl.enabled:false}") boolean tls) {
        SimulatedJira.Options options = SimulatedJira.Options.cloud()
                .port(properties.port())
                .projects("DEMO", "PORT")
                .credentials("demo@example.com", "sandbox")
                .initialIssues(properties.issues())
                .maxIdOnlyPageSize(5000)
                .changeInterval(properties.changeInterval())
                .controlEndpoint(true);
        // A port that is not known yet, or a certificate that nobody vouches for: then polling has to do.
        if (port > 0 && !tls) {
            options.webhook(URI.create("http://127.0.0.1:" + port + "/api/webhooks/jira"), properties.webhookSecret());
        }
        return SimulatedJira.start(options);
    }
}
