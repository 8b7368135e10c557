package io.atmosfera.integration.webhook;

import io.atmosfera.integration.http.BodyBudget;
import io.atmosfera.integration.http.ClientAddresses;
import io.atmosfera.integration.http.DoorKeeper;
import io.atmosfera.integration.http.Problems;
import io.atmosfera.integration.http.SignedDoor;
import io.atmosfera.integration.http.SignedDoorComponent;
import java.util.List;
import org.springframework.boot.web.embedded.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where webhooks come in. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    private static final List<String> PATHS = List.of(
            "/api/webhooks/jira",
            "/api/webhooks/github",
            "/api/projects/{projectId}/jira-webhook",
            "/api/projects/{projectId}/github-webhook");

    /** One for all doors, the API's as well. */
    @Bean
    BodyBudget bodyBudget(WebhookProperties properties) {
        return new BodyBudget(properties.bodyBudget().toBytes());
    }

    @Bean
    SignedDoor signedDoor(
            WebhookProperties properties,
            DoorKeeper keeper,
            BodyBudget budget,
            ClientAddresses clients,
            Problems problems) {
        var limits = properties.maxPayloadSize();
        return new SignedDoor(
                PATHS,
                path -> Math.toIntExact((path.contains("github") ? limits.github() : limits.jira()).toBytes()),
                keeper,
                budget,
                clients,
                problems);
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> signedDoorBeforeTheServlets(SignedDoor door) {
        return factory -> factory.addServerCustomizers(server -> server.insertHandler(door));
    }

    @Bean("signed-door")
    SignedDoorComponent signedDoorComponent(SignedDoor door) {
        return new SignedDoorComponent(door);
    }
}
