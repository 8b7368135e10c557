package io.atmosfera.integration.jira;

import org.jspecify.annotations.Nullable;

/**
 * The rows of a page, column by column as the storing statement takes them, and what had to be set aside. Getters in
 * the bean style: SQL files name them as {@code :#${body.jiraIds}}.
 */
public final class TicketBatch {

    private final Long[] jiraIds;
    private final String[] jiraKeys;
    private final @Nullable String[][] texts;
    private final @Nullable Long[][] times;
    private final String[] hashes;
    private final byte[][] payloads;
    private final Integer[] lengths;
    private final Aside[] aside;
    private final int processed;

    /** An issue that cannot be stored, with the reason. */
    record Aside(String jiraId, @Nullable String jiraKey, String reason, String payload) {}

    /** The columns that are text, in the order of {@link #texts}. */
    static final String[] TEXTS = {
        "issueType",
        "summary",
        "description",
        "priority",
        "status",
        "assignee",
        "assigneeId",
        "reporter",
        "reporterId",
        "labels",
        "components",
        "customFields"
    };

    TicketBatch(
            Long[] jiraIds,
            String[] jiraKeys,
            @Nullable String[][] texts,
            @Nullable Long[][] times,
            String[] hashes,
            byte[][] payloads,
            Integer[] lengths,
            Aside[] aside,
            int processed) {
        this.jiraIds = jiraIds;
        this.jiraKeys = jiraKeys;
        this.texts = texts;
        this.times = times;
        this.hashes = hashes;
        this.payloads = payloads;
        this.lengths = lengths;
        this.aside = aside;
        this.processed = processed;
    }

    public Long[] getJiraIds() {
        return jiraIds;
    }

    public String[] getJiraKeys() {
        return jiraKeys;
    }

    public @Nullable String[] getIssueTypes() {
        return texts[0];
    }

    public @Nullable String[] getSummaries() {
        return texts[1];
    }

    public @Nullable String[] getDescriptions() {
        return texts[2];
    }

    public @Nullable String[] getPriorities() {
        return texts[3];
    }

    public @Nullable String[] getStatuses() {
        return texts[4];
    }

    public @Nullable String[] getAssignees() {
        return texts[5];
    }

    public @Nullable String[] getAssigneeIds() {
        return texts[6];
    }

    public @Nullable String[] getReporters() {
        return texts[7];
    }

    public @Nullable String[] getReporterIds() {
        return texts[8];
    }

    public @Nullable String[] getLabels() {
        return texts[9];
    }

    public @Nullable String[] getComponents() {
        return texts[10];
    }

    public @Nullable String[] getCustomFields() {
        return texts[11];
    }

    public @Nullable Long[] getCreated() {
        return times[0];
    }

    public @Nullable Long[] getUpdated() {
        return times[1];
    }

    public String[] getHashes() {
        return hashes;
    }

    public byte[][] getPayloads() {
        return payloads;
    }

    public Integer[] getLengths() {
        return lengths;
    }

    /** The ids of the whole page, what was set aside included, for the census. */
    public Long[] getAllIds() {
        return java.util.stream.Stream.concat(
                        java.util.Arrays.stream(jiraIds),
                        java.util.Arrays.stream(aside)
                                .map(Aside::jiraId)
                                .filter(id -> id.matches("\\d{1,18}"))
                                .map(Long::valueOf))
                .toArray(Long[]::new);
    }

    public int getProcessed() {
        return processed;
    }

    public int getInvalid() {
        return aside.length;
    }

    public String[] getAsideIds() {
        return java.util.Arrays.stream(aside).map(Aside::jiraId).toArray(String[]::new);
    }

    public @Nullable String[] getAsideKeys() {
        return java.util.Arrays.stream(aside).map(Aside::jiraKey).toArray(String[]::new);
    }

    public String[] getAsideReasons() {
        return java.util.Arrays.stream(aside).map(Aside::reason).toArray(String[]::new);
    }

    public String[] getAsidePayloads() {
        return java.util.Arrays.stream(aside).map(Aside::payload).toArray(String[]::new);
    }

    /** The latest change that the page shows, in epoch milliseconds; 0 for an empty page. */
    public long getLatestUpdate() {
        return java.util.Arrays.stream(times[1])
                .filter(java.util.Objects::nonNull)
                .mapToLong(Long::longValue)
                .max()
                .orElse(0);
    }

    /** When the last issue of the page was created, in epoch milliseconds: where a walk can go on without a token. */
    public @Nullable Long getLastCreated() {
        return times[0].length == 0 ? null : times[0][times[0].length - 1];
    }
}
