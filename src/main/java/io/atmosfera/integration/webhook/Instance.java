package io.atmosfera.integration.webhook;

import io.atmosfera.integration.inbox.Envelope.Lane;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/** This process among those that share the database: what its leases are called, and which counters are its own. */
@Component("webhookInstance")
public class Instance {

    private static final int INSTANCES = 100_000;
    private static final int WRITERS = 1000;

    private final String name = UUID.randomUUID().toString();
    private final int number = ThreadLocalRandom.current().nextInt(INSTANCES);
    private final AtomicLong batches = new AtomicLong();
    private final Map<String, Lane> busy = new ConcurrentHashMap<>();

    /** The row of counters for one of this instance's writers: two that share one would wait for each other. */
    int slot(int writer) {
        return number * WRITERS + writer;
    }

    /** A name for the lease of a lane's batch, which is kept alive until {@link #end}. */
    public String begin(String lane) {
        String owner = name + ":" + batches.incrementAndGet();
        busy.put(owner, Lane.named(lane));
        return owner;
    }

    /** Whether a batch of a lane is being applied. */
    boolean isBusy(Lane lane) {
        return busy.containsValue(lane);
    }

    /** Lets a batch's lease run out, whether it was given back or not. */
    public void end(String owner) {
        busy.remove(owner);
    }

    /** The leases to be kept alive. */
    public String[] getBusy() {
        return busy.keySet().toArray(String[]::new);
    }
}
