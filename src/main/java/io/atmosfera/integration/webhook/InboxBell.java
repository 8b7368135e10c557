package io.atmosfera.integration.webhook;

import io.atmosfera.integration.database.DatabaseNotifications;
import io.atmosfera.integration.inbox.Envelope.Lane;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Wakes the routes that apply events, so that they need not look for some all the time: at arrivals, here and at other
 * instances, and when something that waits is due. Arrivals of a moment are one ring, and so are those during a batch: the
 * busier the platform, the larger its batches, which cost less an event.
 */
@Component("inboxBell")
public class InboxBell {

    static final String CHANNEL = "webhook_inbox";

    private static final Logger LOG = LoggerFactory.getLogger(InboxBell.class);

    /** Short enough for nobody to notice, long enough for a batch. */
    private static final Duration MOMENT = Duration.ofMillis(25);

    /** The longest that arrivals wait for a batch that is being applied. */
    private static final Duration WHILE_BUSY = Duration.ofMillis(250);

    /** The longest pause between batches that are not full. */
    private static final Duration BREATH = Duration.ofMillis(100);

    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final ProducerTemplate camel;
    private final CamelContext context;
    private final WebhookProperties properties;
    private final Instance instance;
    private final JdbcTemplate jdbc;
    private final ScheduledExecutorService clock;
    private final Map<Lane, Ring> rings = new EnumMap<>(Lane.class);

    private record Ring(long atNanos, ScheduledFuture<?> future) {}

    InboxBell(
            ProducerTemplate camel,
            CamelContext context,
            WebhookProperties properties,
            Instance instance,
            JdbcTemplate jdbc,
            DatabaseNotifications notifications) {
        this.camel = camel;
        this.context = context;
        this.properties = properties;
        this.instance = instance;
        this.jdbc = jdbc;
        this.clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "webhook-bell");
            thread.setDaemon(true);
            return thread;
        });
        if (properties.queueProcessing()) {
            // An instance that only takes in would hear itself, and answer.
            notifications.subscribe(CHANNEL, any -> all(), this::all);
        }
    }

    /** Something came in that can be applied. */
    void arrived() {
        ring(Lane.APPLY, instance.isBusy(Lane.APPLY) ? WHILE_BUSY : MOMENT);
    }

    /** Something came in for which the other system has to be asked, after a while. */
    void arrivedForFetching() {
        ring(Lane.FETCH, properties.coalesce().plus(MOMENT));
    }

    /** Something may be due that nobody told of. */
    public void all() {
        ring(Lane.APPLY, Duration.ZERO);
        ring(Lane.FETCH, Duration.ZERO);
    }

    /** Something is due at this moment; null means never. */
    void at(Lane lane, @Nullable Instant due) {
        if (due != null) {
            Duration until = Duration.between(Instant.now(), due);
            ring(lane, until.isNegative() ? Duration.ZERO : until.compareTo(LONGEST) > 0 ? LONGEST : until);
        }
    }

    /** A batch is done: what came in meanwhile is next, after a pause as long as the batch took. */
    synchronized void done(Lane lane, Duration took) {
        if (rings.containsKey(lane)) {
            ring(lane, took.compareTo(MOMENT) < 0 ? MOMENT : took.compareTo(BREATH) > 0 ? BREATH : took);
        }
    }

    private synchronized void ring(Lane lane, Duration until) {
        if (clock.isShutdown()) {
            return;
        }
        long at = System.nanoTime() + until.toNanos();
        Ring next = rings.get(lane);
        if (next != null && next.atNanos() <= at) {
            return;
        }
        if (next != null) {
            next.future().cancel(false);
        }
        rings.put(lane, new Ring(at, clock.schedule(() -> now(lane), until.toNanos(), TimeUnit.NANOSECONDS)));
    }

    private void now(Lane lane) {
        synchronized (this) {
            rings.remove(lane);
        }
        if (!properties.queueProcessing()) {
            tellOthers();
        } else if (context.isStarted()) {
            // Full means that all who could do it are told already.
            camel.sendBody(
                    lane == Lane.APPLY
                            ? "seda:webhook-inbox-apply?discardWhenFull=true&waitForTaskToComplete=Never"
                            : "seda:webhook-inbox-fetch?discardWhenFull=true&waitForTaskToComplete=Never",
                    null);
        }
    }

    /** This instance only takes in; others apply. */
    private void tellOthers() {
        try {
            jdbc.execute("SELECT pg_notify('" + CHANNEL + "', '')");
        } catch (DataAccessException e) {
            LOG.debug("Other instances could not be told of arrivals; they look for them now and then", e);
        }
    }

    @PreDestroy
    void end() {
        clock.shutdownNow();
    }
}
