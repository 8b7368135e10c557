package io.atmosfera.integration.jira;

import io.atmosfera.integration.inbox.InboxEvent;
import io.atmosfera.integration.inbox.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What has to be done for some events of a project. Getters in the bean style, for routes and SQL. */
public final class EventPlan {

    private final boolean fetching;
    private final long beginMs;
    private final Map<Long, List<JiraEvent>> byIssue = new LinkedHashMap<>();
    private final Deque<JiraEvent> scopes = new ArrayDeque<>();
    private final Map<InboxEvent, Outcome> outcomes = new LinkedHashMap<>();

    /** The issues to be stored as events told of them, by their ids. */
    private final Map<Long, byte[]> issues = new LinkedHashMap<>();

    /** The issues to be stored as Jira showed them. */
    private final Map<Long, byte[]> seen = new LinkedHashMap<>();

    private final Map<Long, String> keys = new HashMap<>();
    private final Set<Long> gone = new TreeSet<>();

    /** The issues that are in another project now. */
    private final Set<Long> moved = new TreeSet<>();

    /** The issues of which there is a living row. */
    private final Set<Long> living = new TreeSet<>();

    private final Deque<Long> toFetch = new ArrayDeque<>();
    private final Set<Long> checked = new LinkedHashSet<>();
    private final List<JiraEvent> changes = new ArrayList<>();
    private final Set<InboxEvent> told = new LinkedHashSet<>();
    private @Nullable JiraProject learned;

    EventPlan(boolean fetching, long beginMs) {
        this.beginMs = beginMs;
        this.fetching = fetching;
    }

    boolean isFetching() {
        return fetching;
    }

    Map<Long, List<JiraEvent>> byIssue() {
        return byIssue;
    }

    Deque<JiraEvent> scopes() {
        return scopes;
    }

    Map<InboxEvent, Outcome> outcomes() {
        return outcomes;
    }

    /** When it was made, in epoch milliseconds: before anything is asked for. */
    long beginMs() {
        return beginMs;
    }

    Map<Long, byte[]> issues() {
        return issues;
    }

    Map<Long, byte[]> seen() {
        return seen;
    }

    /** The present keys of the issues. */
    Map<Long, String> keys() {
        return keys;
    }

    Set<Long> gone() {
        return gone;
    }

    Set<Long> moved() {
        return moved;
    }

    Set<Long> living() {
        return living;
    }

    /** What the events tell of Jira's project that was not known. */
    void learn(@Nullable JiraProject project) {
        learned = project == null ? learned : project;
    }

    public @Nullable JiraProject getLearned() {
        return learned;
    }

    /** The issues that are asked for, the next one first. */
    Deque<Long> toFetch() {
        return toFetch;
    }

    /** The issues of which only Jira knows whether they belong to the project. */
    Set<Long> checked() {
        return checked;
    }

    List<JiraEvent> changes() {
        return changes;
    }

    /** The events that those who follow live are told of. */
    Set<InboxEvent> told() {
        return told;
    }

    void note(List<JiraEvent> events, Outcome outcome) {
        events.forEach(event -> outcomes.put(event.source(), outcome));
    }

    public Long[] getIssueIds() {
        return Stream.concat(
                        byIssue.keySet().stream(),
                        byIssue.values().stream()
                                .flatMap(List::stream)
                                .map(JiraEvent::otherIssueId)
                                .filter(other -> other > 0))
                .distinct()
                .toArray(Long[]::new);
    }

    public Long[] getMoved() {
        return moved.toArray(Long[]::new);
    }

    public boolean getMoreToFetch() {
        return !toFetch.isEmpty();
    }

    public boolean getMoreScopes() {
        return !scopes.isEmpty();
    }

    public boolean getHasIssues() {
        return !issues.isEmpty();
    }

    public boolean getHasSeen() {
        return !seen.isEmpty();
    }

    public boolean getHasGone() {
        return !gone.isEmpty() || !moved.isEmpty();
    }

    public boolean getHasChanges() {
        return !changes.isEmpty() || !issues.isEmpty() || !seen.isEmpty();
    }

    public Long[] getGone() {
        return gone.toArray(Long[]::new);
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
