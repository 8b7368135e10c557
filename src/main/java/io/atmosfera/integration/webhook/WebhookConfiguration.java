package io.atmosfera.integration.webhook;

import io.atmosfera.integration.http.BodyBudget;
import io.atmosfera.integration.http.ClientAddresses;
import io.atmosfera.integration.http.DoorKeeper;
import io.atmosfera.integration.http.Problems;
import io.atmosfera.integration.http.SignedDoor;
import io.atmosfera.integration.http.SignedDoorComponent;
import org.springframework.boot.web.embedded.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where webhooks come in. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    /** One for all doors, the API's as well. */
    @Bean
    BodyBudget bodyBudget(WebhookProperties properties) {
        return new BodyBudget(properties.bodyBudget().toBytes());
    }

    @Bean
    SignedDoor signedDoor(
            WebhookProperties properties,
            WebhookDoors doors,
            DoorKeeper keeper,
            BodyBudget budget,
            ClientAddresses clients,
            Problems problems) {
        return new SignedDoor(
                doors.paths(),
                doors::headers,
                path -> Math.toIntExact(
                        properties.largestBody(doors.source(path)).toBytes()),
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
