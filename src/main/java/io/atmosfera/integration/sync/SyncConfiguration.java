package io.atmosfera.integration.sync;

import io.atmosfera.integration.outbound.Redelivery;
import org.apache.camel.processor.errorhandler.RedeliveryPolicy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the routes under routes/sync refer to by name. */
@Configuration(proxyBeanMethods = false)
class SyncConfiguration {

    /** How a page is asked for again: {@code platform.sync.max-retries} attempts in all, pauses that double, with jitter. */
    @Bean("syncRetry")
    RedeliveryPolicy syncRetry(SyncProperties properties) {
        return Redelivery.of(properties.maxRetries(), properties.backoffMs(), properties.maxBackoffMs());
    }
}
