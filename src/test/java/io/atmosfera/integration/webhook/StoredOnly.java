package io.atmosfera.integration.webhook;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/** A platform that stores deliveries and applies none, with small limits; the tests of it share one. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@TestPropertySource(
        properties = {
            "platform.webhooks.queue-processing=false",
            "platform.webhooks.retention-days=3",
            "platform.webhooks.max-payload-size.jira=64KB",
            "platform.webhooks.max-payload-size.github=64KB"
        })
@interface StoredOnly {}
