package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.database.PackedPayload;
import io.atmosfera.integration.inbox.InboxEvent;
import io.atmosfera.integration.inbox.Outcome;
import io.atmosfera.integration.jira.JiraEvent.Kind;
import io.atmosfera.integration.jira.JiraRefusalException.Reason;
import io.atmosfera.integration.outbound.CircuitOpenException;
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
    private static final Duration CIRCUIT = Duration.ofSeconds(30);
    private static final Duration NEEDS_A_PERSON = Duration.ofMinutes(5);

    private final ObjectMapper json;
    private final IssueLookup lookup;
    private final JiraFailures failures;
    private final Clock clock;

    JiraEvents(ObjectMapper json, IssueLookup lookup, JiraFailures failures, Clock clock) {
        this.clock = clock;
        this.json = json;
        this.lookup = lookup;
        this.failures = failures;
    }

    /** Whether a row is here, how new it is, and what is kept of its issue. */
    private record Known(long updated, boolean deleted, byte @Nullable [] payload) {}

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

    /** Decides, from the rows of {@code sql/jira/tickets-known.sql}. */
    public EventPlan decide(EventPlan plan, List<Map<String, Object>> rows, SyncRun run) throws IOException {
        Map<Long, Known> known = new HashMap<>();
        for (Map<String, Object> row : rows) {
            long id = ((Number) Objects.requireNonNull(row.get("jira_id"))).longValue();
            plan.keys().put(id, String.valueOf(row.get("jira_key")));
            byte[] payload = (byte[]) row.get("payload");
            known.put(
                    id,
                    new Known(
                            row.get("updated_ms") instanceof Number updated ? updated.longValue() : 0,
                            "deleted".equals(row.get("sync_status")),
                            payload == null
                                    ? null
                                    : PackedPayload.unpack(
                                            payload, ((Number) Objects.requireNonNull(row.get("length"))).intValue())));
        }
        for (Map.Entry<Long, List<JiraEvent>> issue : plan.byIssue().entrySet()) {
            decide(plan, issue.getKey(), issue.getValue(), known.get(issue.getKey()), run.getConnection());
        }
        return plan;
    }

    private void decide(
            EventPlan plan, long id, List<JiraEvent> events, @Nullable Known known, JiraConnection connection)
            throws IOException {
        JiraEvent latest = events.stream()
                .filter(JiraEvent::hasWholeIssue)
                .max(Comparator.comparingLong(JiraEvent::updated)
                        .thenComparingLong(event -> event.source().id()))
                .orElse(null);
        if (latest != null && latest.key() != null) {
            plan.keys().put(id, latest.key());
        }
        boolean elsewhere = known == null && isElsewhere(latest, connection);
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
        } else if (mustAsk(events, latest, known, connection)) {
            ask(plan, id, events, known, connection);
        } else {
            plan.note(events, Outcome.processed());
            plan.changes().addAll(events);
            if (latest != null && (known == null || latest.updated() >= known.updated())) {
                plan.issues().put(id, withChangelog(bytes(latest), known));
                events.forEach(event -> plan.told().add(event.source()));
            }
        }
    }

    private static boolean isElsewhere(@Nullable JiraEvent event, JiraConnection connection) {
        String key = event == null ? null : event.key();
        return connection.jql() == null
                && key != null
                && !key.substring(0, Math.max(0, key.lastIndexOf('-'))).equalsIgnoreCase(connection.projectKey());
    }

    /** Whether the events do not say enough: no whole issue, one that may come from before a deletion, or a JQL's scope. */
    private static boolean mustAsk(
            List<JiraEvent> events, @Nullable JiraEvent latest, @Nullable Known known, JiraConnection connection) {
        if (latest == null || (known != null && known.deleted()) || (known == null && connection.jql() != null)) {
            return true;
        }
        return events.stream()
                .anyMatch(event -> event.kind() == Kind.TOUCHED
                        && (event.otherIssueId() > 0
                                || (event.source().id() > latest.source().id() && event.at() > latest.updated())));
    }

    private static void ask(
            EventPlan plan, long id, List<JiraEvent> events, @Nullable Known known, JiraConnection connection) {
        if (!plan.isFetching()) {
            plan.note(events, Outcome.fetch());
            return;
        }
        plan.toFetch().add(id);
        if (known == null && connection.jql() != null) {
            plan.checked().add(id);
        }
        events.stream()
                .map(JiraEvent::otherIssueId)
                .filter(other -> other > 0)
                .distinct()
                .forEach(plan.toFetch()::add);
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

    /**
     * Takes what Jira answered for the next issue.
     *
     * @param answer an issue, or a page with it; null where Jira does not have it
     */
    public boolean fetched(EventPlan plan, byte @Nullable [] answer) throws IOException {
        long id = plan.toFetch().removeFirst();
        List<JiraEvent> events = plan.byIssue().getOrDefault(id, List.of());
        byte[] issue = answer == null || answer.length == 0 ? null : answer;
        if (issue != null && plan.checked().contains(id)) {
            IssuePage page = IssuePage.parse(issue, null, plan.beginMs(), json);
            if (page.size() == 0) {
                plan.note(events, Outcome.ignored("The issue does not match the project's JQL."));
                return false;
            }
            issue = java.util.Arrays.copyOfRange(page.body(), page.begin(0), page.end(0));
        }
        if (issue == null) {
            plan.gone().add(id);
        } else {
            plan.seen().put(id, issue);
            plan.keys().put(id, LenientJson.read(issue, json).path("key").asText());
        }
        plan.note(events, Outcome.processed());
        plan.changes().addAll(events);
        events.forEach(event -> plan.told().add(event.source()));
        return true;
    }

    /** Notes that Jira did not answer for the next issue; for what is wrong with the connection, all others wait too. */
    public boolean notFetched(EventPlan plan, Throwable failure) {
        Throwable cause = failures.cause(failure);
        String reason = failures.describe(cause);
        long id = plan.toFetch().removeFirst();
        Outcome outcome = outcome(cause, reason);
        plan.note(plan.byIssue().getOrDefault(id, List.of()), outcome);
        if (outcome.kind() == Outcome.Kind.WAIT) {
            while (!plan.toFetch().isEmpty()) {
                plan.note(plan.byIssue().getOrDefault(plan.toFetch().removeFirst(), List.of()), outcome);
            }
        }
        return outcome.kind() == Outcome.Kind.WAIT;
    }

    private static Outcome outcome(Throwable cause, String reason) {
        if (cause instanceof JiraRateLimitException limit) {
            return Outcome.waiting(reason, limit.until());
        }
        if (cause instanceof CircuitOpenException) {
            return Outcome.waiting(reason, Instant.now().plus(CIRCUIT));
        }
        if (cause instanceof JiraRefusalException refusal && refusal.reason() == Reason.AUTHENTICATION) {
            return Outcome.waiting(reason, Instant.now().plus(NEEDS_A_PERSON));
        }
        return Outcome.failed(reason);
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
