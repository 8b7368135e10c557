package io.atmosfera.integration.http;

import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Which operations of the contract answer at the moment. */
@Component
public class Operations {

    private static final String ALL = "integration-api";

    private final ObjectProvider<CamelContext> camel;

    /** Makes it; Camel is asked for with the first request, since the web server is there before it. */
    Operations(ObjectProvider<CamelContext> camel) {
        this.camel = camel;
    }

    /** Whether the routes have started, and the one of this operation runs. */
    public boolean areUp(String operationId) {
        CamelContext context = camel.getIfAvailable();
        return context != null && context.isStarted() && runs(context, ALL) && runs(context, operationId);
    }

    private static boolean runs(CamelContext context, String routeId) {
        ServiceStatus status = context.getRouteController().getRouteStatus(routeId);
        // A route of another name answers for itself.
        return status == null || status.isStarted();
    }
}
