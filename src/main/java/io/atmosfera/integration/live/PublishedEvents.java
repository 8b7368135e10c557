package io.atmosfera.integration.live;

import io.atmosfera.integration.database.DatabaseNotifications;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.seda.SedaEndpoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * How far this instance has read {@code platform_events}. A notification of the database only says that there is something to
 * read, so one that is lost with its connection loses nothing.
 */
@Component("publishedEvents")
public class PublishedEvents {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedEvents.class);

    private static final String CHANNEL = "platform_events";

    /** Messages read at a time: of more, clients are told to fetch again. */
    private static final int MOST = 2000;

    private final DatabaseNotifications notifications;
    private final CamelContext camel;
    private final LiveUpdates updates;
    private volatile @Nullable String since;

    PublishedEvents(DatabaseNotifications notifications, CamelContext camel, LiveUpdates updates) {
        this.notifications = notifications;
        this.camel = camel;
        this.updates = updates;
    }

    @EventListener(ApplicationReadyEvent.class)
    void listen() {
        SedaEndpoint route = camel.getEndpoint("seda:live-updates?size=1", SedaEndpoint.class);
        notifications.subscribe(CHANNEL, any -> look(route), () -> look(route));
    }

    // Into the queue itself: a message that some producer sends from outside of a route has metrics without the
    // route's name, which Prometheus does not take beside those that have it. A look that waits already serves this
    // one, too.
    private static void look(SedaEndpoint route) {
        Exchange exchange = route.createExchange();
        if (!route.getQueue().offer(exchange)) {
            LOG.trace("A look is due already");
        }
    }

    /** The first transaction that has not been read; null before the first look. */
    public @Nullable String getSince() {
        return since;
    }

    /**
     * Sends messages to the clients, and notes how far was read.
     *
     * @param rows  one {@code message} each, in order
     * @param until the first transaction that was not read
     */
    public void send(List<Map<String, Object>> rows, String until) {
        if (since == null) {
            // Who connected before this look may have missed what it does not read.
            updates.resync();
        } else if (rows.size() > MOST) {
            LOG.warn("More than {} live updates at once: they are dropped and clients get a resync", MOST);
            updates.resync();
        } else {
            updates.send(
                    rows.stream().map(row -> String.valueOf(row.get("message"))).toList());
        }
        since = until;
    }
}
