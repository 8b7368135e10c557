package io.atmosfera.integration.jira;

import java.time.Clock;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the routes under routes/jira refer to by name. */
@Configuration(proxyBeanMethods = false)
class JiraConfiguration {

    private static final double JITTER = 0.3;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** How a call is tried again: {@code platform.jira.max-retries} attempts in all, pauses that double, with jitter. */
    @Bean("jiraRetry")
    RedeliveryPolicy jiraRetry(JiraProperties properties) {
        RedeliveryPolicy policy = new RedeliveryPolicy();
        policy.setMaximumRedeliveries(properties.maxRetries() - 1);
        policy.setRedeliveryDelay(properties.backoffMs());
        policy.setMaximumRedeliveryDelay(properties.maxBackoffMs());
        policy.setUseExponentialBackOff(true);
        policy.setBackOffMultiplier(2);
        policy.setUseCollisionAvoidance(true);
        policy.setCollisionAvoidanceFactor(JITTER);
        policy.setLogStackTrace(false);
        policy.setLogExhausted(false);
        policy.setLogRetryAttempted(false);
        return policy;
    }
}
