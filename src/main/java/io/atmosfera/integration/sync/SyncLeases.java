package io.atmosfera.integration.sync;

import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.springframework.stereotype.Component;

/** Which syncs this process runs, and under what name it holds them. */
@Component("syncLeases")
public class SyncLeases {

    private final SyncProperties properties;
    private final CamelContext camel;
    private final Clock clock;

    /** Names this process in leases; another start of the same host is another owner. */
    private final String owner = UUID.randomUUID().toString();

    private final Set<Long> running = ConcurrentHashMap.newKeySet();

    SyncLeases(SyncProperties properties, CamelContext camel, Clock clock) {
        this.properties = properties;
        this.camel = camel;
        this.clock = clock;
    }

    public String getOwner() {
        return owner;
    }

    public long getLeaseSeconds() {
        return Math.max(1, properties.leaseDuration().toSeconds());
    }

    /** The syncs that this process runs at the moment. */
    public Long[] getRunning() {
        return running.toArray(Long[]::new);
    }

    /** Notes that this process runs a sync, which it has claimed. */
    public Map<String, Object> begin(Map<String, Object> claim) {
        running.add(id(claim));
        return claim;
    }

    /** Notes that this process runs a sync no more. */
    public void end(Map<String, Object> claim) {
        running.remove(id(claim));
    }

    /**
     * Passes as long as the platform runs; asked after each page, so that a stop never waits for a whole sync.
     *
     * @throws PlatformStopsException where it is being stopped
     */
    public boolean goOn() {
        if (camel.isStopping() || camel.isStopped()) {
            throw new PlatformStopsException(clock.instant());
        }
        return true;
    }

    private static long id(Map<String, Object> claim) {
        return ((Number) Objects.requireNonNull(claim.get("id"), "The claim gave no id")).longValue();
    }
}
