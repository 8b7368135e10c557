package io.atmosfera.integration.operations;

import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.stereotype.Component;

/**
 * Describes the one route that cannot describe itself: Camel 4.17 takes the description of {@code rest: openApi} for a
 * parameter of its endpoint and does not start.
 */
@Component
class FrontDoorDescription implements CamelContextConfiguration {

    private static final String FRONT_DOOR = "integration-api";

    @Override
    public void beforeApplicationStart(CamelContext context) {
        context.getCamelContextExtension()
                .getContextPlugin(Model.class)
                .addModelLifecycleStrategy(new ModelLifecycleStrategySupport() {
                    @Override
                    public void onAddRouteDefinition(RouteDefinition route) {
                        if (FRONT_DOOR.equals(route.getId())) {
                            route.setDescription(
                                    "Takes every request that the contract knows to the route of its operation.");
                        }
                    }
                });
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        // Nothing: the description is read when the route is made.
    }
}
