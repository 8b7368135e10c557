package io.atmosfera.integration.github;

import io.atmosfera.integration.connection.Source;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the platform has to know of GitHub. */
@Configuration(proxyBeanMethods = false)
class GitHubSource {

    @Bean
    Source github(GitHubFailures failures, GitHubWebhooks webhooks) {
        return new Source("github", "GitHub", "items", failures, webhooks);
    }
}
