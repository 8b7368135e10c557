package io.atmosfera.integration.webhook;

import io.atmosfera.integration.inbox.InboxEvent;
import io.atmosfera.integration.inbox.Outcome;
import io.atmosfera.integration.webhook.InboxBatch.Entity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What a batch's outcomes mean for its events and entities, column by column for {@code sql/webhook/inbox-finish.sql}. */
final class FinishParameters {

    private static final int MOST_EVENTS_OF_AN_ENTITY = 50;
    private static final Duration LEFT_UNDONE = Duration.ofSeconds(5);

    private final InboxBatch batch;
    private final WebhookProperties properties;
    private final Instant now;

    private final List<Long> ids = new ArrayList<>();
    private final List<String> createdAts = new ArrayList<>();
    private final List<String> statuses = new ArrayList<>();
    private final List<@Nullable String> errors = new ArrayList<>();
    private final List<Integer> attempted = new ArrayList<>();
    private final List<@Nullable Double> nexts = new ArrayList<>();
    private final List<String> formers = new ArrayList<>();

    private final List<Long> projectIds = new ArrayList<>();
    private final List<String> entities = new ArrayList<>();
    private final List<@Nullable String> lanes = new ArrayList<>();
    private final List<@Nullable Double> dues = new ArrayList<>();
    private final List<Boolean> parked = new ArrayList<>();

    private final List<InboxEvent> dead = new ArrayList<>();

    FinishParameters(InboxBatch batch, WebhookProperties properties, Instant now) {
        this.batch = batch;
        this.properties = properties;
        this.now = now;
    }

    List<InboxEvent> dead() {
        return dead;
    }

    /** Takes an entity's events in their order, as far as they got. */
    void add(Entity entity, List<InboxEvent> events) {
        for (InboxEvent event : events) {
            Outcome outcome = batch.getOutcomes().of(event);
            if (outcome == null) {
                entity(entity, null, now.plus(LEFT_UNDONE), false);
                return;
            }
            switch (outcome.kind()) {
                case PROCESSED -> event(event, "processed", null, 0, null);
                case IGNORED -> event(event, "ignored", outcome.reason(), 0, null);
                case FETCH -> {
                    entity(entity, "fetch", now.plus(properties.coalesce()), false);
                    return;
                }
                case WAIT -> {
                    Instant until = outcome.until() == null ? now.plus(LEFT_UNDONE) : outcome.until();
                    event(event, event.status(), outcome.reason(), 0, until);
                    entity(entity, null, until, true);
                    return;
                }
                case FAILED -> {
                    if (event.attempts() + 1 >= properties.retryPolicy().maxAttempts()) {
                        event(event, "dead", outcome.reason(), 1, null);
                        dead.add(event);
                        // Those behind it get their turn.
                        entity(entity, null, events.size() > 1 || batch.isCut(entity) ? now : null, false);
                    } else {
                        Instant next = now.plus(pause(event.attempts()));
                        event(event, "failed", outcome.reason(), 1, next);
                        entity(entity, null, next, true);
                    }
                    return;
                }
            }
        }
        boolean more = events.size() >= MOST_EVENTS_OF_AN_ENTITY || batch.isCut(entity);
        entity(entity, null, more ? now : null, false);
    }

    private Duration pause(int attempts) {
        WebhookProperties.RetryPolicy policy = properties.retryPolicy();
        double millis = Math.min((double) policy.maxBackoffMs(), policy.backoffMs() * Math.pow(3, attempts));
        return Duration.ofMillis((long) (millis * ThreadLocalRandom.current().nextDouble(0.7, 1.3)));
    }

    private void event(InboxEvent event, String status, @Nullable String error, int attempt, @Nullable Instant next) {
        ids.add(event.id());
        createdAts.add(BigDecimal.valueOf(ChronoUnit.MICROS.between(Instant.EPOCH, event.createdAt()), 6)
                .toPlainString());
        statuses.add(status);
        errors.add(error);
        attempted.add(attempt);
        nexts.add(seconds(next));
        formers.add(event.status());
    }

    private void entity(Entity entity, @Nullable String lane, @Nullable Instant due, boolean park) {
        projectIds.add(entity.projectId());
        entities.add(entity.name());
        lanes.add(lane);
        dues.add(seconds(due));
        parked.add(park);
    }

    private static @Nullable Double seconds(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli() / 1000.0;
    }

    Map<String, Object> map(int slot) {
        Map<String, Object> map = new HashMap<>();
        map.put("owner", batch.owner());
        map.put("slot", slot);
        map.put("ids", ids.toArray(Long[]::new));
        map.put("createdAts", createdAts.toArray(String[]::new));
        map.put("statuses", statuses.toArray(String[]::new));
        map.put("errors", errors.toArray(String[]::new));
        map.put("attempted", attempted.toArray(Integer[]::new));
        map.put("nexts", nexts.toArray(Double[]::new));
        map.put("formers", formers.toArray(String[]::new));
        map.put("projectIds", projectIds.toArray(Long[]::new));
        map.put("entities", entities.toArray(String[]::new));
        map.put("lanes", lanes.toArray(String[]::new));
        map.put("dues", dues.toArray(Double[]::new));
        map.put("parked", parked.toArray(Boolean[]::new));
        Map<Long, String> messages = batch.getOutcomes().messages();
        map.put("messages", messages.values().toArray(String[]::new));
        map.put("messageIds", messages.keySet().toArray(Long[]::new));
        return map;
    }
}
