package io.atmosfera.integration.webhook;

import io.atmosfera.integration.inbox.InboxEvent;
import io.atmosfera.integration.inbox.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log what became of events, each with the trace id that the API and the console show. */
final class EventLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.atmosfera.integration.webhook");

    /** Larger batches get one line for all that went well: a burst must not fill the disk. */
    private static final int MOST_LINES = 10;

    private EventLog() {}

    static void write(InboxBatch batch, int maxAttempts) {
        List<InboxEvent> done = new ArrayList<>();
        for (List<InboxEvent> events : batch.entities().values()) {
            for (InboxEvent event : events) {
                Outcome outcome = batch.getOutcomes().of(event);
                if (outcome == null || outcome.kind() == Outcome.Kind.FETCH) {
                    break;
                }
                if (outcome.kind() == Outcome.Kind.PROCESSED || outcome.kind() == Outcome.Kind.IGNORED) {
                    done.add(event);
                } else {
                    unfinished(event, outcome, maxAttempts);
                    break;
                }
            }
        }
        if (done.size() <= MOST_LINES) {
            done.forEach(event -> finished(event, batch));
        } else {
            LOG.info(
                    "{} webhook events processed or ignored, traces {}",
                    done.size(),
                    done.stream().map(InboxEvent::traceId).collect(Collectors.joining(" ")));
        }
    }

    private static void finished(InboxEvent event, InboxBatch batch) {
        Outcome outcome = batch.getOutcomes().of(event);
        String reason = outcome != null && outcome.kind() == Outcome.Kind.IGNORED ? ": " + outcome.reason() : null;
        LOG.info(
                "{} {} after {} s{}, trace {}",
                name(event),
                reason == null ? "processed" : "ignored",
                seconds(event),
                reason == null ? "" : reason,
                event.traceId());
    }

    private static void unfinished(InboxEvent event, Outcome outcome, int maxAttempts) {
        if (outcome.kind() == Outcome.Kind.WAIT) {
            LOG.info("{} waits: {}, trace {}", name(event), outcome.reason(), event.traceId());
        } else if (event.attempts() + 1 < maxAttempts) {
            LOG.warn(
                    "{} failed, attempt {} of {}: {}, trace {}",
                    name(event),
                    event.attempts() + 1,
                    maxAttempts,
                    outcome.reason(),
                    event.traceId());
        } else {
            LOG.warn(
                    "{} is a dead letter after {} attempts: {}, trace {}",
                    name(event),
                    event.attempts() + 1,
                    outcome.reason(),
                    event.traceId());
        }
    }

    private static String name(InboxEvent event) {
        return "Webhook event %d (%s, %s) of project %d"
                .formatted(event.id(), event.eventType(), event.entity(), event.projectId());
    }

    private static String seconds(InboxEvent event) {
        return String.format(
                Locale.ROOT,
                "%.1f",
                Duration.between(event.createdAt(), Instant.now()).toMillis() / 1000.0);
    }
}
