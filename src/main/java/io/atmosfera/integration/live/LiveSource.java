package io.atmosfera.integration.live;

import io.atmosfera.integration.database.DatabaseNotifications;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.seda.SedaEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Takes what the statements that change something tell by the SQL function {@code live}, on whichever instance they
 * ran, to the route that sends it.
 */
@Component
class LiveSource {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSource.class);

    private static final String CHANNEL = "platform_live";

    private final DatabaseNotifications notifications;
    private final CamelContext camel;
    private final LiveUpdates updates;

    LiveSource(DatabaseNotifications notifications, CamelContext camel, LiveUpdates updates) {
        this.notifications = notifications;
        this.camel = camel;
        this.updates = updates;
    }

    @EventListener(ApplicationReadyEvent.class)
    void listen() {
        SedaEndpoint route = camel.getEndpoint("seda:live-updates", SedaEndpoint.class);
        notifications.subscribe(CHANNEL, message -> take(route, message), updates::resync);
    }

    // Into the queue itself: a message that some producer sends from outside of a route has metrics without the
    // route's name, which Prometheus does not take beside those that have it.
    private void take(SedaEndpoint route, String message) {
        Exchange exchange = route.createExchange();
        exchange.getMessage().setBody(message);
        if (!route.getQueue().offer(exchange)) {
            LOG.warn("More live updates than can be sent: some are dropped, and the clients told so");
            updates.resync();
        }
    }
}
