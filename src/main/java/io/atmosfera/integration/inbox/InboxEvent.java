package io.atmosfera.integration.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A delivery that waits to be applied.
 *
 * @param id              its row in {@code webhook_events}
 * @param createdAt       when it came in; with the id its key
 * @param projectId       the project that it belongs to
 * @param integrationType the source, such as {@code jira}
 * @param eventType       the sender's name for what happened
 * @param action          GitHub's second half of that name
 * @param entity          what it is about; one entity's events are applied in their order
 * @param traceId         names the delivery in logs, rows and live updates
 * @param status          {@code pending}, or {@code failed} after a failed attempt
 * @param attempts        failed attempts so far
 * @param json            the JSON that was delivered
 */
public record InboxEvent(
        long id,
        Instant createdAt,
        long projectId,
        String integrationType,
        String eventType,
        @Nullable String action,
        String entity,
        String traceId,
        String status,
        int attempts,
        byte[] json) {

    /** An event is only ever itself: Camel keys caches by what it calls with, and must not compare payloads. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
