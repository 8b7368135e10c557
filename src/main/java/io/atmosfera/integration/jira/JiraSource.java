package io.atmosfera.integration.jira;

import io.atmosfera.integration.connection.Source;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the platform has to know of Jira. */
@Configuration(proxyBeanMethods = false)
class JiraSource {

    @Bean
    Source jira(JiraFailures failures, JiraWebhooks webhooks) {
        return new Source("jira", "Jira", "tickets", failures, webhooks);
    }
}
