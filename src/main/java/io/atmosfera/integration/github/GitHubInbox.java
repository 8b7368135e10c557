package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.inbox.InboxEvent;
import io.atmosfera.integration.inbox.Outcome;
import io.atmosfera.integration.inbox.Outcomes;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Events of the inbox as the routes of GitHub's events take them, and what those made of them as the inbox takes it. */
@Component("githubInbox")
public class GitHubInbox {

    private final ObjectMapper json;

    GitHubInbox(ObjectMapper json) {
        this.json = json;
    }

    /** The events as {@link GitHubEvents} takes them. */
    public List<Map<String, @Nullable Object>> events(List<InboxEvent> group) throws IOException {
        List<Map<String, @Nullable Object>> maps = new ArrayList<>();
        for (InboxEvent event : group) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("id", event.id());
            map.put("projectId", event.projectId());
            map.put("eventType", event.eventType());
            map.put("action", event.action());
            map.put("entity", event.entity());
            map.put("traceId", event.traceId());
            map.put("payload", json.readTree(event.json()));
            maps.add(map);
        }
        return maps;
    }

    /** Notes what became of events, by their ids, with a live message for each that changed something. */
    public int report(Map<Long, String> outcomes, List<InboxEvent> group, Outcomes all) {
        for (InboxEvent event : group) {
            if ("processed".equals(outcomes.get(event.id()))) {
                all.note(event, Outcome.processed());
                all.publish(event, message(event));
            } else {
                all.note(event, Outcome.ignored("Nothing here follows from this event."));
            }
        }
        return group.size();
    }

    private String message(InboxEvent event) {
        return json.createObjectNode()
                .put("type", "github_update")
                .put("projectId", event.projectId())
                .put("at", Instant.now().toString())
                .put("eventId", event.id())
                .put("traceId", event.traceId())
                .put("event", event.eventType())
                .put("action", event.action())
                .toString();
    }
}
