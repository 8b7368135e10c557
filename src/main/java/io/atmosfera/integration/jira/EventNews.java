package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.database.StorableText;
import io.atmosfera.integration.inbox.InboxEvent;
import io.atmosfera.integration.inbox.Outcomes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What events say of changes: kept as the ticket's history, and told to those who follow live. */
@Component("eventNews")
public class EventNews {

    /** PostgreSQL's notifications hold 8000 bytes. */
    private static final int MOST_OF_A_VALUE = 300;

    private static final int MOST_CHANGES = 8;

    private final ObjectMapper json;

    EventNews(ObjectMapper json) {
        this.json = json;
    }

    /** The parameters of {@code sql/jira/ticket-changes-store.sql}. */
    public Map<String, Object> parameters(EventPlan plan, SyncRun run) {
        List<Long> jiraIds = new ArrayList<>();
        List<String> changeIds = new ArrayList<>();
        List<Integer> items = new ArrayList<>();
        List<Long> ats = new ArrayList<>();
        List<@Nullable String> authors = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        List<@Nullable String> froms = new ArrayList<>();
        List<@Nullable String> tos = new ArrayList<>();
        List<String> traces = new ArrayList<>();
        Map<Long, String> written = new HashMap<>();
        for (JiraEvent event : plan.changes()) {
            int number = 0;
            for (JsonNode item : event.rest().path("changelog").path("items")) {
                jiraIds.add(event.issueId());
                changeIds.add(changeId(event));
                items.add(number++);
                ats.add(event.at());
                authors.add(clean(event.author()));
                fields.add(String.valueOf(clean(item.path("field").asText(""))));
                froms.add(clean(item.path("fromString").asText(null)));
                tos.add(clean(item.path("toString").asText(null)));
                traces.add(event.source().traceId());
            }
        }
        plan.byIssue().forEach((id, events) -> {
            if (plan.issues().containsKey(id) || plan.seen().containsKey(id)) {
                written.put(id, events.get(events.size() - 1).source().traceId());
            }
        });
        List<Long> discussedIds = new ArrayList<>();
        List<String> discussions = new ArrayList<>();
        for (JiraEvent event : plan.changes()) {
            ObjectNode told = Discussion.told(event);
            if (told != null) {
                discussedIds.add(event.issueId());
                discussions.add(told.toString());
            }
        }
        Map<String, Object> map = new HashMap<>();
        map.put("discussedIds", discussedIds.toArray(Long[]::new));
        map.put("discussions", discussions.toArray(String[]::new));
        map.put("projectId", run.getProjectId());
        map.put("site", run.getSite());
        map.put("jiraIds", jiraIds.toArray(Long[]::new));
        map.put("changeIds", changeIds.toArray(String[]::new));
        map.put("items", items.toArray(Integer[]::new));
        map.put("ats", ats.toArray(Long[]::new));
        map.put("authors", authors.toArray(String[]::new));
        map.put("fields", fields.toArray(String[]::new));
        map.put("froms", froms.toArray(String[]::new));
        map.put("tos", tos.toArray(String[]::new));
        map.put("traceIds", traces.toArray(String[]::new));
        map.put("writtenIds", written.keySet().toArray(Long[]::new));
        map.put("writtenTraces", written.values().toArray(String[]::new));
        return map;
    }

    /** Hands the outcomes on, with a message for each event that changed something. */
    public int report(EventPlan plan, Outcomes outcomes) {
        plan.outcomes().forEach(outcomes::note);
        plan.byIssue().values().stream()
                .flatMap(List::stream)
                .filter(event -> plan.told().contains(event.source()))
                .forEach(event -> outcomes.publish(
                        event.source(), message(event, plan.keys().get(event.issueId()))));
        return plan.outcomes().size();
    }

    private String message(JiraEvent event, @Nullable String key) {
        InboxEvent source = event.source();
        ObjectNode message = json.createObjectNode()
                .put("type", "jira_update")
                .put("projectId", source.projectId())
                .put("at", Instant.now().toString())
                .put("issueKey", key)
                .put("jiraId", String.valueOf(event.issueId()))
                .put("event", source.eventType());
        ArrayNode changes = message.putArray("changes");
        if (event.kind() == JiraEvent.Kind.DELETED) {
            changes.addObject().put("field", "syncStatus").put("from", "synced").put("to", "deleted");
        }
        for (JsonNode item : event.rest().path("changelog").path("items")) {
            if (changes.size() < MOST_CHANGES) {
                changes.addObject()
                        .put("field", cut(item.path("field").asText("")))
                        .put("from", cut(item.path("fromString").asText(null)))
                        .put("to", cut(item.path("toString").asText(null)));
            }
        }
        return message.put("source", "webhook")
                .put("eventId", source.id())
                .put("traceId", source.traceId())
                .toString();
    }

    private static String changeId(JiraEvent event) {
        String id = event.rest().path("changelog").path("id").asText("");
        return id.isEmpty() ? "event-" + event.source().id() : StorableText.indexed(id);
    }

    private static @Nullable String clean(@Nullable String text) {
        return text == null ? null : StorableText.clean(text);
    }

    private static @Nullable String cut(@Nullable String text) {
        String clean = clean(text);
        return clean == null || clean.length() <= MOST_OF_A_VALUE ? clean : clean.substring(0, MOST_OF_A_VALUE) + "…";
    }
}
