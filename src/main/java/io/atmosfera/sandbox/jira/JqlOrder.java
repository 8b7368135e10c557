package io.atmosfera.sandbox.jira;

import io.atmosfera.sandbox.jira.Jql.Sort;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ORDER BY. */
record JqlOrder(Catalog catalog) {

    /** Rows that tie come newest first; Jira promises nothing there, and clients must not rely on it. */
    private static final Comparator<StoredIssue> NEWEST_FIRST =
            Comparator.comparingLong(StoredIssue::id).reversed();

    Comparator<StoredIssue> comparator(List<Sort> orderBy) {
        Comparator<StoredIssue> comparator = null;
        for (Sort sort : orderBy) {
            Comparator<StoredIssue> by =
                    sort.descending() ? comparator(sort.field()).reversed() : comparator(sort.field());
            comparator = comparator == null ? by : comparator.thenComparing(by);
        }
        return comparator == null ? NEWEST_FIRST : comparator.thenComparing(NEWEST_FIRST);
    }

    private Comparator<StoredIssue> comparator(String field) {
        String canonical = JqlFields.canonical(field);
        return switch (canonical) {
            case "created" -> byInstant(issue -> issue.created());
            case "updated" -> byInstant(issue -> issue.updated());
            case "key" ->
                field.equalsIgnoreCase("id")
                        ? Comparator.comparingLong(StoredIssue::id)
                        : Comparator.comparing(StoredIssue::projectKey).thenComparingInt(StoredIssue::number);
            // "ASC" is from the lowest priority up, although Jira lists the highest first.
            case "priority" ->
                Comparator.<StoredIssue>comparingInt(issue -> rank(issue, Catalog.Kind.PRIORITY, "priority"))
                        .reversed();
            case "status" -> Comparator.comparingInt(issue -> rank(issue, Catalog.Kind.STATUS, "status"));
            default ->
                Comparator.comparing(issue -> JqlFields.values(issue, canonical).toString());
        };
    }

    private static Comparator<StoredIssue> byInstant(InstantOf instant) {
        return Comparator.comparing(issue -> {
            Instant value = instant.of(issue);
            return value == null ? Instant.EPOCH : value;
        });
    }

    private int rank(StoredIssue issue, Catalog.Kind kind, String field) {
        return catalog.rank(kind, issue.fields().path(field));
    }

    private interface InstantOf {
        @Nullable
        Instant of(StoredIssue issue);
    }
}
