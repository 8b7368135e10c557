package io.atmosfera.integration.webhook;

import io.atmosfera.integration.inbox.InboxEvent;
import io.atmosfera.integration.inbox.Outcomes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The entities that a worker has claimed, with their open events in order. */
public final class InboxBatch {

    private final String owner;
    private final String lane;
    private final Map<Entity, List<InboxEvent>> entities;
    private final Set<Entity> cut;
    private final Outcomes outcomes = new Outcomes();
    private final long begunNanos = System.nanoTime();

    /** What a queue's row is about. */
    record Entity(long projectId, String name) {}

    /**
     * @param cut the entities that have more events than fit
     */
    InboxBatch(String owner, String lane, Map<Entity, List<InboxEvent>> entities, Set<Entity> cut) {
        this.owner = owner;
        this.lane = lane;
        this.entities = entities;
        this.cut = cut;
    }

    public Outcomes getOutcomes() {
        return outcomes;
    }

    String owner() {
        return owner;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }

    String lane() {
        return lane;
    }

    Map<Entity, List<InboxEvent>> entities() {
        return entities;
    }

    boolean isCut() {
        return !cut.isEmpty();
    }

    boolean isCut(Entity entity) {
        return cut.contains(entity);
    }

    /** The events of each project and sender, to be applied together. */
    public List<List<InboxEvent>> getGroups() {
        Map<String, List<InboxEvent>> groups = new LinkedHashMap<>();
        entities.values().stream().flatMap(List::stream).forEach(event -> groups.computeIfAbsent(
                        event.projectId() + event.integrationType(), any -> new ArrayList<>())
                .add(event));
        return List.copyOf(groups.values());
    }

    /** The events of a group by what they are about, to find the one that the others must not suffer from. */
    public static List<List<InboxEvent>> apart(List<InboxEvent> group) {
        Map<String, List<InboxEvent>> parts = new LinkedHashMap<>();
        group.forEach(event ->
                parts.computeIfAbsent(event.entity(), any -> new ArrayList<>()).add(event));
        Collection<List<InboxEvent>> values = parts.values();
        return List.copyOf(values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
