package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.database.PackedPayload;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a page, column by column as the storing statement takes them, and what had to be quarantined.
 *
 * @param jiraIds   the identity of each row
 * @param jiraKeys  the key of each row
 * @param texts     the columns of {@link TicketColumns#TEXTS}, in that order
 * @param created   when each issue was created, in epoch milliseconds
 * @param updated   when each issue was changed last by the mapping, in epoch milliseconds
 * @param jiraUpdated when each issue was changed last by Jira's own word, which no mapping touches, in epoch milliseconds
 * @param hashes    the content hash of each row
 * @param discussions the comments and worklogs that each row brings
 * @param leftOut   what the mapping left out of the page
 * @param page      the page that the rows come from, with each issue as Jira sent it
 * @param places    which issue of the page each row is
 * @param aside     the issues that cannot be stored
 * @param seen      the ids of the whole page, what was quarantined included, for the reconciliation
 * @param processed how many issues the page had
 */
record TicketBatch(
        Long[] jiraIds,
        String[] jiraKeys,
        @Nullable String[][] texts,
        @Nullable Long[] created,
        @Nullable Long[] updated,
        @Nullable Long[] jiraUpdated,
        String[] hashes,
        Discussion[] discussions,
        LeftOut leftOut,
        IssuePage page,
        int[] places,
        List<Aside> aside,
        Long[] seen,
        int processed) {

    private static final String NUMBER = "\\d{1,18}";

    /** An issue that cannot be stored, with the reason. */
    record Aside(String jiraId, @Nullable String jiraKey, String reason, String payload) {}

    /** A page of ids. */
    static TicketBatch ofIds(IssuePage page, Long[] ids) {
        return new TicketBatch(
                new Long[0],
                new String[0],
                new String[TicketColumns.TEXTS.size()][0],
                new Long[0],
                new Long[0],
                new Long[0],
                new String[0],
                new Discussion[0],
                new LeftOut(),
                page,
                new int[0],
                List.of(),
                ids,
                ids.length);
    }

    /** The ids of rows and of what was quarantined. */
    static Long[] ids(Long[] jiraIds, List<Aside> aside) {
        return Stream.concat(
                        Arrays.stream(jiraIds),
                        aside.stream()
                                .map(Aside::jiraId)
                                .filter(id -> id.matches(NUMBER))
                                .map(Long::valueOf))
                .toArray(Long[]::new);
    }

    /**
     * Ready to be stored: what was quarantined and what is counted stay whole, of the rows come those that have to be
     * written.
     *
     * @param differing the numbers of these rows, from 1, parted by commas; null or empty for none
     */
    ReadyPage ready(@Nullable String differing) {
        return new ReadyPage(this, differing(differing).parameters());
    }

    private TicketBatch differing(@Nullable String differing) {
        int[] rows = differing == null || differing.isEmpty()
                ? new int[0]
                : Arrays.stream(differing.split(","))
                        .mapToInt(number -> Integer.parseInt(number) - 1)
                        .toArray();
        if (rows.length == jiraIds.length) {
            return this;
        }
        return new TicketBatch(
                at(rows, jiraIds),
                at(rows, jiraKeys),
                Arrays.stream(texts).map(column -> at(rows, column)).toArray(String[][]::new),
                at(rows, created),
                at(rows, updated),
                at(rows, jiraUpdated),
                at(rows, hashes),
                at(rows, discussions),
                leftOut,
                page,
                Arrays.stream(rows).map(row -> places[row]).toArray(),
                aside,
                seen,
                processed);
    }

    private static <T extends @Nullable Object> T[] at(int[] rows, T[] column) {
        T[] some = Arrays.copyOf(column, rows.length);
        for (int i = 0; i < rows.length; i++) {
            some[i] = column[rows[i]];
        }
        return some;
    }

    /** The parameters of {@code sql/jira/issues-compare.sql}: enough to tell which rows have to be written. */
    Map<String, @Nullable Object> identities() {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("jiraIds", jiraIds);
        parameters.put("hashes", hashes);
        parameters.put("commentsHashes", discussed(Discussion::commentsHash));
        parameters.put("worklogsHashes", discussed(Discussion::worklogsHash));
        return parameters;
    }

    /** An array a column. */
    private Map<String, @Nullable Object> parameters() {
        var payloads = new byte[places.length][];
        var lengths = new Integer[places.length];
        var remoteLinked = new Boolean[places.length];
        for (int row = 0; row < places.length; row++) {
            int begin = page.begin(places[row]);
            int end = page.end(places[row]);
            payloads[row] = PackedPayload.pack(page.body(), begin, end);
            lengths[row] = end - begin;
            remoteLinked[row] = RemoteLinks.areTold(page.body(), begin, end);
        }
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put(ReadyPage.LONG_HISTORIES, longHistories());
        parameters.put("jiraIds", jiraIds);
        parameters.put("jiraKeys", jiraKeys);
        for (int column = 0; column < TicketColumns.TEXTS.size(); column++) {
            parameters.put(TicketColumns.TEXTS.get(column), texts[column]);
        }
        parameters.put("created", created);
        parameters.put("updated", updated);
        parameters.put("jiraUpdated", jiraUpdated);
        parameters.put("askedMs", page.askedMs());
        parameters.put("hashes", hashes);
        parameters.put("commentsHashes", discussed(Discussion::commentsHash));
        parameters.put("worklogsHashes", discussed(Discussion::worklogsHash));
        parameters.put("discussions", discussed(Discussion::text));
        parameters.put("payloads", payloads);
        parameters.put("lengths", lengths);
        parameters.put("remoteLinked", remoteLinked);
        parameters.put("allIds", seen);
        parameters.put("asideIds", column(Aside::jiraId));
        parameters.put("asideKeys", column(Aside::jiraKey));
        parameters.put("asideReasons", column(Aside::reason));
        parameters.put("asidePayloads", column(Aside::payload));
        parameters.put("processed", processed);
        parameters.put("invalid", aside.size());
        return parameters;
    }

    /** The issues whose changelog has more entries than came with them. */
    private Long[] longHistories() {
        return IntStream.range(0, places.length)
                .filter(row -> {
                    JsonNode changelog = page.issues().get(places[row]).path("changelog");
                    return changelog.path("total").asLong()
                            > changelog.path("histories").size();
                })
                .mapToObj(row -> jiraIds[row])
                .toArray(Long[]::new);
    }

    private @Nullable String[] discussed(Function<Discussion, @Nullable String> part) {
        return Arrays.stream(discussions).map(part).toArray(String[]::new);
    }

    private @Nullable String[] column(Function<Aside, @Nullable String> column) {
        return aside.stream().map(column).toArray(String[]::new);
    }

    /** The latest change that Jira knows of in the page, in epoch milliseconds; 0 for an empty page. */
    long latestUpdate() {
        long latest = 0;
        for (Long millis : jiraUpdated) {
            latest = millis == null ? latest : Math.max(latest, millis);
        }
        return latest;
    }

    /** When the last issue of the page was created, in epoch milliseconds: where a walk can go on without a token. */
    @Nullable
    Long lastCreated() {
        return places.length == 0 ? null : page.time(places[places.length - 1], "created");
    }
}
