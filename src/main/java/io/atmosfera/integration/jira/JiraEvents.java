package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.database.PackedPayload;
import io.atmosfera.integration.inbox.InboxEvent;
import io.atmosfera.integration.inbox.Outcome;
import io.atmosfera.integration.jira.JiraEvent.Kind;
import io.atmosfera.integration.outbound.LenientJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides what follows from Jira's events. An event is a hint: the issue that it brings is stored where it is whole and
 * not older than the row; otherwise Jira is asked, once for all events of an issue.
 */
@Component("jiraEvents")
public class JiraEvents {

    private static final Duration BUSY = Duration.ofSeconds(3);

    private final ObjectMapper json;
    private final IssueLookup lookup;
    private final Clock clock;

    JiraEvents(ObjectMapper json, IssueLookup lookup, Clock clock) {
        this.clock = clock;
        this.json = json;
        this.lookup = lookup;
    }

    /** Whether a row is here, how new it is, and what is kept of its issue. */
    private record Known(String key, long updated, boolean deleted, byte @Nullable [] payload) {}

    /** Takes the events of one project apart. */
    public EventPlan read(List<InboxEvent> events, String lane) throws IOException {
        EventPlan plan = new EventPlan(lane.equals("fetch"), clock.millis());
        for (InboxEvent event : events) {
            JiraEvent read = JiraEvent.read(event, json);
            if (read.kind() == Kind.SCOPE) {
                plan.scopes().add(read);
            } else {
                plan.byIssue()
                        .computeIfAbsent(read.issueId(), any -> new ArrayList<>())
                        .add(read);
            }
        }
        return plan;
    }

    /** Decides what follows, from the rows of {@code sql/jira/tickets-known.sql}. */
    public void decide(EventPlan plan, List<Map<String, Object>> rows, SyncRun run) throws IOException {
        Map<Long, Known> known = new HashMap<>();
        for (Map<String, Object> row : rows) {
            long id = ((Number) Objects.requireNonNull(row.get("jira_id"))).longValue();
            if (!"deleted".equals(row.get("sync_status"))) {
                plan.living().add(id);
            }
            plan.keys().put(id, String.valueOf(row.get("jira_key")));
            byte[] payload = (byte[]) row.get("payload");
            known.put(
                    id,
                    new Known(
                            String.valueOf(row.get("jira_key")),
                            row.get("updated_ms") instanceof Number updated ? updated.longValue() : 0,
                            "deleted".equals(row.get("sync_status")),
                            payload == null
                                    ? null
                                    : PackedPayload.unpack(
                                            payload, ((Number) Objects.requireNonNull(row.get("length"))).intValue())));
        }
        for (Map.Entry<Long, List<JiraEvent>> issue : plan.byIssue().entrySet()) {
            decide(plan, issue.getKey(), issue.getValue(), known, run.getConnection());
        }
    }

    private void decide(
            EventPlan plan, long id, List<JiraEvent> events, Map<Long, Known> rows, JiraConnection connection)
            throws IOException {
        Known known = rows.get(id);
        JiraEvent latest = events.stream()
                .filter(JiraEvent::hasWholeIssue)
                .max(Comparator.comparingLong(JiraEvent::updated)
                        .thenComparingLong(event -> event.source().id()))
                .orElse(null);
        if (latest != null && latest.key() != null) {
            plan.keys().put(id, latest.key());
        }
        plan.learn(JiraProject.learned(connection, latest == null ? null : latest.issue()));
        boolean away = latest != null && !connection.reaches(latest.issue());
        boolean elsewhere = away && (known == null || known.deleted());
        if (events.stream().anyMatch(event -> event.kind() == Kind.DELETED)) {
            if (elsewhere) {
                plan.note(events, Outcome.ignored("The issue belongs to another project."));
                return;
            }
            if (known == null && latest != null) {
                // Kept as gone, so that an older event that comes late does not bring it back.
                plan.issues().put(id, bytes(latest));
            }
            plan.gone().add(id);
            plan.note(events, Outcome.processed());
            events.stream()
                    .filter(event -> event.kind() == Kind.DELETED)
                    .map(JiraEvent::source)
                    .forEach(plan.told()::add);
        } else if (elsewhere) {
            plan.note(events, Outcome.ignored("The issue belongs to another project."));
        } else if (mustAsk(events, latest, known, plan.keys().get(id), connection)) {
            ask(plan, id, events, rows, connection);
        } else {
            plan.note(events, Outcome.processed());
            plan.changes().addAll(events);
            if (latest != null && (known == null || latest.updated() >= known.updated())) {
                plan.issues().put(id, withChangelog(bytes(latest), known));
                if (away) {
                    plan.moved().add(id);
                }
                events.forEach(event -> plan.told().add(event.source()));
            }
        }
    }

    /** Whether the events do not say enough: no whole issue, one that may come from before a deletion, or a JQL's scope. */
    private static boolean mustAsk(
            List<JiraEvent> events,
            @Nullable JiraEvent latest,
            @Nullable Known known,
            @Nullable String key,
            JiraConnection connection) {
        if (latest == null || (known != null && known.deleted()) || (known == null && connection.jql() != null)) {
            return true;
        }
        if (known != null && connection.jql() != null && !sameProject(known.key(), key)) {
            return true;
        }
        return events.stream()
                .anyMatch(event -> event.kind() == Kind.TOUCHED
                        && (event.otherIssueId() > 0
                                || (event.source().id() > latest.source().id() && event.at() > latest.updated())));
    }

    private static boolean sameProject(String one, @Nullable String other) {
        return other == null || JiraConnection.projectOf(one).equalsIgnoreCase(JiraConnection.projectOf(other));
    }

    private static void ask(
            EventPlan plan, long id, List<JiraEvent> events, Map<Long, Known> rows, JiraConnection connection) {
        if (!plan.isFetching()) {
            plan.note(events, Outcome.fetch());
            return;
        }
        List<Long> ids = new ArrayList<>(List.of(id));
        events.stream()
                .map(JiraEvent::otherIssueId)
                .filter(other -> other > 0)
                .distinct()
                .forEach(ids::add);
        for (long one : ids) {
            Known known = rows.get(one);
            plan.toFetch().add(one);
            boolean sure = known != null
                    && !known.deleted()
                    && sameProject(known.key(), plan.keys().get(one));
            if (!sure && connection.jql() != null) {
                plan.checked().add(one);
            }
        }
    }

    /** Where the next issue is; for one that may not match the project's JQL, where to ask whether it does. */
    public String url(EventPlan plan, SyncRun run) {
        long id = plan.toFetch().getFirst();
        JiraConnection connection = run.getConnection();
        if (!plan.checked().contains(id)) {
            return lookup.byId(connection, String.valueOf(id));
        }
        String jql = "(" + connection.scope() + ") AND issue = " + id;
        return new SearchRequest(0, connection, jql, 1, false, null, 0, null).url();
    }

    /** Whether an answer for the next issue is a list without it. */
    public boolean hasNothing(EventPlan plan, byte @Nullable [] answer) {
        return answer != null
                && answer.length > 0
                && plan.checked().contains(plan.toFetch().getFirst())
                && IssuePage.parse(answer, null, plan.beginMs(), json).size() == 0;
    }

    /**
     * Takes what Jira answered for the next issue.
     *
     * @param answer an issue, or a page with it; null where Jira does not have it
     */
    public boolean fetched(EventPlan plan, byte @Nullable [] answer, SyncRun run) throws IOException {
        long id = plan.toFetch().removeFirst();
        List<JiraEvent> events = plan.byIssue().getOrDefault(id, List.of());
        byte[] issue = answer == null || answer.length == 0 ? null : answer;
        if (issue != null && plan.checked().contains(id)) {
            IssuePage page = IssuePage.parse(issue, null, plan.beginMs(), json);
            if (page.size() == 0) {
                if (plan.living().contains(id)) {
                    // It has left the scope with the project that it was in.
                    plan.moved().add(id);
                    plan.note(events, Outcome.processed());
                    events.forEach(event -> plan.told().add(event.source()));
                } else {
                    plan.note(events, Outcome.ignored("The issue does not match the project's JQL."));
                }
                return false;
            }
            issue = java.util.Arrays.copyOfRange(page.body(), page.begin(0), page.end(0));
        }
        if (issue == null) {
            plan.gone().add(id);
        } else {
            JsonNode found = LenientJson.read(issue, json);
            plan.learn(JiraProject.learned(run.getConnection(), found));
            boolean away = !run.getConnection().reaches(found);
            if (away && !plan.living().contains(id)) {
                plan.note(events, Outcome.ignored("The issue belongs to another project."));
                return false;
            }
            if (away) {
                plan.moved().add(id);
            }
            plan.seen().put(id, issue);
            plan.keys().put(id, found.path("key").asText());
        }
        plan.note(events, Outcome.processed());
        plan.changes().addAll(events);
        events.forEach(event -> plan.told().add(event.source()));
        return true;
    }

    /** The JQL of the next sprint or version; null where nothing can be asked for. */
    public @Nullable String scope(EventPlan plan, SyncRun run) {
        JiraEvent event = plan.scopes().getFirst();
        String jql = event.scopeJql();
        if (jql == null) {
            plan.note(
                    List.of(plan.scopes().removeFirst()), Outcome.ignored("Its issues follow by events of their own."));
            return null;
        }
        return "(" + run.getConnection().scope() + ") AND (" + jql + ")";
    }

    /** Notes whether the sync of the next sprint or version could be started; one sync of a project runs at a time. */
    public boolean scopeStarted(EventPlan plan, @Nullable Object syncId) {
        Outcome outcome = syncId == null
                ? Outcome.waiting(
                        "Another sync of the project runs.", Instant.now().plus(BUSY))
                : Outcome.processed();
        plan.note(List.of(plan.scopes().removeFirst()), outcome);
        return syncId != null;
    }

    /** The issues that events told of, as a page. */
    public IssuePage told(EventPlan plan) {
        return IssuePage.of(List.copyOf(plan.issues().values()), IssuePage.TOLD, json);
    }

    /** The issues that Jira was asked for, as a page. */
    public IssuePage seen(EventPlan plan) {
        return IssuePage.of(List.copyOf(plan.seen().values()), plan.beginMs(), json);
    }

    private static byte[] bytes(JiraEvent event) {
        byte[] bytes = event.issueBytes();
        if (bytes == null) {
            throw new IllegalStateException("A whole issue has its bytes");
        }
        return bytes;
    }

    /** A webhook's issue has no history; what the API gave of it stays with the issue. */
    private byte[] withChangelog(byte[] issue, @Nullable Known known) throws IOException {
        if (known == null || known.payload() == null) {
            return issue;
        }
        JsonNode kept = json.readTree(known.payload());
        if (!kept.has("changelog")) {
            return issue;
        }
        String head = "{\"changelog\":" + kept.get("changelog") + ",";
        byte[] bytes = head.getBytes(StandardCharsets.UTF_8);
        byte[] whole = new byte[bytes.length + issue.length - 1];
        System.arraycopy(bytes, 0, whole, 0, bytes.length);
        System.arraycopy(issue, 1, whole, bytes.length, issue.length - 1);
        return whole;
    }
}
