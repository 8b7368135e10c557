package io.atmosfera.integration.inbox;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of the events of a batch, and what is published of it. */
public final class Outcomes {

    private final Map<Long, Outcome> outcomes = new LinkedHashMap<>();
    private final Map<Long, String> messages = new LinkedHashMap<>();

    public void note(InboxEvent event, Outcome outcome) {
        outcomes.put(event.id(), outcome);
    }

    /** Has a message sent once the event is written down as processed. */
    public void publish(InboxEvent event, String message) {
        messages.put(event.id(), message);
    }

    public @Nullable Outcome of(InboxEvent event) {
        return outcomes.get(event.id());
    }

    public Map<Long, String> messages() {
        return messages;
    }
}
