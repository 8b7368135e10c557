package io.atmosfera.integration.operations;

import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.springframework.stereotype.Component;

/**
 * Describes the one route that cannot describe itself: Camel 4.17 takes the description of {@code rest: openApi} for a
 * parameter of its endpoint and does not start. Camel takes every such strategy among the beans.
 */
@Component
class FrontDoorDescription extends ModelLifecycleStrategySupport {

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        if (route.getInput().getEndpointUri().startsWith("rest-openapi:")) {
            route.setDescription("Takes every request that the contract knows to the route of its operation.");
        }
    }
}
