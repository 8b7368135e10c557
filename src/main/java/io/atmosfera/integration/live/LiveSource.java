package io.atmosfera.integration.live;

import io.atmosfera.integration.database.DatabaseNotifications;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private static final long LOOK_AGAIN_MILLIS = 500;
    private static final int MOST_LOOKS = 20;

    private final DatabaseNotifications notifications;
    private final CamelContext camel;
    private final LiveUpdates updates;
    private final AtomicBoolean overrun = new AtomicBoolean();
    private final AtomicBoolean dropped = new AtomicBoolean();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "live-source");
        thread.setDaemon(true);
        return thread;
    });

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
        if (!overrun.get() && route.getQueue().offer(exchange)) {
            return;
        }
        dropped.set(true);
        if (overrun.compareAndSet(false, true)) {
            LOG.warn("Live update queue full: updates are dropped and clients get a resync");
            // The resync makes them fetch what this message would have told.
            route.getQueue().clear();
            recoverLater(1);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What fails in it is logged there.
    private void recoverLater(int look) {
        clock.schedule(() -> recover(look), LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Once nothing is dropped any more, or after a while, says to each client once that it has missed something. */
    private void recover(int look) {
        if (dropped.getAndSet(false) && look < MOST_LOOKS) {
            recoverLater(look + 1);
        } else {
            overrun.set(false);
            updates.resync();
        }
    }

    @PreDestroy
    void stop() {
        clock.shutdownNow();
    }
}
