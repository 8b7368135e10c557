package io.atmosfera.integration.jira;

import io.atmosfera.integration.outbound.Redelivery;
import java.time.Clock;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the routes under routes/jira refer to by name. */
@Configuration(proxyBeanMethods = false)
class JiraConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** How a call is tried again: {@code platform.jira.max-retries} attempts in all, pauses that double, with jitter. */
    @Bean("jiraRetry")
    RedeliveryPolicy jiraRetry(JiraProperties properties) {
        return Redelivery.of(properties.maxRetries(), properties.backoffMs(), properties.maxBackoffMs());
    }
}
