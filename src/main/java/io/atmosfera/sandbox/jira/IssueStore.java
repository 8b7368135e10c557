package io.atmosfera.sandbox.jira;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.sandbox.http.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The issues, by id. Writers take turns; readers see whole states of single issues. */
final class IssueStore {

    private static final long FIRST_ID = 10001;

    private final NavigableMap<Long, StoredIssue> issues = new ConcurrentSkipListMap<>();
    /** Also the keys that issues had before a move, for good: Jira never gives them to another issue. */
    private final Map<String, Long> idsByKey = new ConcurrentHashMap<>();

    /** The ids of subtasks by that of the issue whose they are, so that one need not look through all issues for them. */
    private final Map<String, NavigableSet<Long>> subtaskIds = new ConcurrentHashMap<>();

    private final Set<Long> notIndexed = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> lastNumbers = new ConcurrentHashMap<>();
    private final Catalog catalog;
    private final Changelog changelog;
    private final JiraTime time;
    private final Clock clock;
    private volatile Listener listener = (before, after) -> {};
    private long nextId = FIRST_ID;
    private long nextHistoryId = 50001;

    IssueStore(Catalog catalog, Changelog changelog, JiraTime time, Clock clock) {
        this.catalog = catalog;
        this.changelog = changelog;
        this.time = time;
        this.clock = clock;
    }

    /** Who wants to know of every change. Called by the writer, who holds all others up meanwhile. */
    interface Listener {

        /** The states of one issue: none before its creation, none after its deletion. */
        void changed(@Nullable StoredIssue before, @Nullable StoredIssue after);
    }

    /** Registers the listener for later changes. */
    void listen(Listener who) {
        listener = who;
    }

    int size() {
        return issues.size();
    }

    Collection<StoredIssue> all() {
        return issues.values();
    }

    /** In the order in which they were made. */
    List<StoredIssue> subtasks(StoredIssue issue) {
        return subtaskIds.getOrDefault(String.valueOf(issue.id()), Collections.emptyNavigableSet()).stream()
                .map(issues::get)
                .filter(Objects::nonNull)
                .toList();
    }

    Optional<StoredIssue> find(String idOrKey) {
        Long id = idOrKey.matches("\\d{1,18}") ? Long.valueOf(idOrKey) : idsByKey.get(idOrKey.toUpperCase(Locale.ROOT));
        return id == null ? Optional.empty() : Optional.ofNullable(issues.get(id));
    }

    /** For callers in the same process, who ought to know what they ask for. */
    StoredIssue get(String idOrKey) {
        return find(idOrKey).orElseThrow(() -> new NoSuchElementException("No issue " + idOrKey));
    }

    boolean isIndexed(StoredIssue issue) {
        return !notIndexed.contains(issue.id());
    }

    void index(StoredIssue issue, boolean visible) {
        if (visible) {
            notIndexed.remove(issue.id());
        } else {
            notIndexed.add(issue.id());
        }
    }

    /** Files an issue; {@code created} and {@code updated} are now unless the fields say otherwise. */
    synchronized StoredIssue create(String projectKey, ObjectNode fields) {
        ObjectNode project = project(projectKey);
        String now = time.format(clock.instant());
        ObjectNode stored = fields.deepCopy();
        stored.set("project", project);
        if (!stored.hasNonNull("created")) {
            stored.put("created", now);
        }
        if (!stored.hasNonNull("updated")) {
            stored.set("updated", stored.get("created"));
        }
        return put(identified(nextId++, nextKey(project.path("key").asText()), stored), List.of(), false);
    }

    /** Puts an issue there as it is; only a missing id or key is added. */
    synchronized StoredIssue putRaw(ObjectNode issue) {
        ObjectNode json = issue.deepCopy();
        if (!json.path("id").asText().matches("\\d{1,18}")) {
            json.put("id", String.valueOf(nextId));
        }
        if (!json.hasNonNull("key")) {
            json.put("key", nextKey(catalog.projects().get(0).path("key").asText()));
        }
        StoredIssue former = issues.get(json.path("id").asLong());
        return put(json, former == null ? List.of() : former.histories(), true);
    }

    StoredIssue edit(String idOrKey, Person author, Consumer<ObjectNode> change) {
        return edit(idOrKey, author, clock.instant(), change);
    }

    synchronized StoredIssue edit(String idOrKey, Person author, Instant at, Consumer<ObjectNode> change) {
        StoredIssue before = get(idOrKey);
        ObjectNode fields = before.fields().deepCopy();
        change.accept(fields);
        Instant moment = after(before.updated(), at);
        if (fields.path("updated").equals(before.fields().path("updated"))) {
            fields.put("updated", time.format(moment));
        }
        ObjectNode json = before.json().deepCopy();
        json.set("fields", fields);
        return put(json, logged(before, author, moment, changelog.items(before.fields(), fields)), before.raw());
    }

    synchronized StoredIssue move(String idOrKey, String projectKey, Person author) {
        StoredIssue before = get(idOrKey);
        ObjectNode project = project(projectKey);
        String key = nextKey(project.path("key").asText());
        ObjectNode fields = before.fields().deepCopy();
        Instant moment = after(before.updated(), clock.instant());
        fields.set("project", project);
        fields.put("updated", time.format(moment));
        ArrayNode items = changelog.items(before.fields(), fields);
        items.add(changelog.item("key", before.key(), key));
        ObjectNode json = identified(before.id(), key, fields);
        return put(json, logged(before, author, moment, items), before.raw());
    }

    /** Gives the issues of a project the key that it has now. Nobody has changed them, so their times stay. */
    synchronized void renameProject(String key, String newKey) {
        ObjectNode project = project(newKey);
        for (StoredIssue issue : List.copyOf(issues.values())) {
            if (issue.projectKey().equals(key)) {
                ObjectNode fields = issue.fields().deepCopy();
                fields.set("project", project.deepCopy());
                ObjectNode json = identified(issue.id(), newKey + "-" + issue.number(), fields);
                StoredIssue renamed = StoredIssue.of(json, issue.histories(), issue.raw());
                idsByKey.put(renamed.key().toUpperCase(Locale.ROOT), renamed.id());
                lastNumbers.merge(newKey, renamed.number(), Math::max);
                issues.put(renamed.id(), renamed);
            }
        }
    }

    synchronized void delete(String idOrKey) {
        StoredIssue gone = get(idOrKey);
        issues.remove(gone.id());
        noteParent(gone, null);
        listener.changed(gone, null);
    }

    private StoredIssue put(ObjectNode json, List<ObjectNode> histories, boolean raw) {
        StoredIssue issue = StoredIssue.of(json, histories, raw);
        nextId = Math.max(nextId, issue.id() + 1);
        lastNumbers.merge(issue.projectKey(), issue.number(), Math::max);
        idsByKey.put(issue.key().toUpperCase(Locale.ROOT), issue.id());
        StoredIssue former = issues.put(issue.id(), issue);
        noteParent(former, issue);
        listener.changed(former, issue);
        return issue;
    }

    private void noteParent(@Nullable StoredIssue before, @Nullable StoredIssue after) {
        String former = before == null ? "" : before.subtaskOf();
        String parent = after == null ? "" : after.subtaskOf();
        if (former.equals(parent)) {
            return;
        }
        NavigableSet<Long> siblings = subtaskIds.get(former);
        if (before != null && siblings != null) {
            siblings.remove(before.id());
        }
        if (after != null && !parent.isEmpty()) {
            subtaskIds
                    .computeIfAbsent(parent, any -> new ConcurrentSkipListSet<>())
                    .add(after.id());
        }
    }

    private List<ObjectNode> logged(StoredIssue before, Person author, Instant at, ArrayNode items) {
        if (items.isEmpty()) {
            return before.histories();
        }
        ObjectNode history = Json.object().put("id", String.valueOf(nextHistoryId++));
        history.set("author", catalog.person(author));
        history.put("created", time.format(at));
        history.set("items", items);
        List<ObjectNode> histories = new ArrayList<>(before.histories());
        histories.add(history);
        return histories;
    }

    private ObjectNode project(String key) {
        return catalog.project(key).orElseThrow(() -> new NoSuchElementException("No project " + key));
    }

    private String nextKey(String projectKey) {
        return projectKey + "-" + (lastNumbers.getOrDefault(projectKey, 0) + 1);
    }

    private static ObjectNode identified(long id, String key, ObjectNode fields) {
        ObjectNode json = Json.object().put("id", String.valueOf(id)).put("key", key);
        json.set("fields", fields);
        return json;
    }

    /** Two edits within a millisecond must have different times, or a test could not distinguish them. */
    private static Instant after(@Nullable Instant last, Instant now) {
        Instant written = now.truncatedTo(ChronoUnit.MILLIS);
        return last == null || written.isAfter(last) ? written : last.plusMillis(1);
    }
}
