package io.atmosfera.integration.sync;

import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the routes under routes/sync refer to by name. */
@Configuration(proxyBeanMethods = false)
class SyncConfiguration {

    private static final double JITTER = 0.3;

    /** How a page is asked for again: {@code platform.sync.max-retries} attempts in all, pauses that double, with jitter. */
    @Bean("syncRetry")
    RedeliveryPolicy syncRetry(SyncProperties properties) {
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
