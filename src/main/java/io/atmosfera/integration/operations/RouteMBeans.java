package io.atmosfera.integration.operations;

import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Producer;
import org.apache.camel.management.DefaultManagementObjectStrategy;
import org.apache.camel.spi.DataFormat;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Which of Camel's objects operators see by JMX: the context, routes, components, thread pools and services. A route's
 * consumer, producers, endpoints and data formats have no state of their own that an operator acts on, but they were four of
 * five MBeans: each costs memory, and a place in the list that Hawtio starts with.
 */
@Component
class RouteMBeans extends DefaultManagementObjectStrategy implements CamelContextConfiguration {

    @Override
    public void beforeApplicationStart(CamelContext context) {
        context.getManagementStrategy().setManagementObjectStrategy(this);
    }

    @Override
    public void afterApplicationStart(CamelContext context) {}

    @Override
    public @Nullable Object getManagedObjectForConsumer(CamelContext context, Consumer consumer) {
        return null;
    }

    @Override
    public @Nullable Object getManagedObjectForProducer(CamelContext context, Producer producer) {
        return null;
    }

    @Override
    public @Nullable Object getManagedObjectForEndpoint(CamelContext context, Endpoint endpoint) {
        return null;
    }

    @Override
    public @Nullable Object getManagedObjectForDataFormat(CamelContext context, DataFormat format) {
        return null;
    }
}
