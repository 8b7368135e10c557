package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.outbound.TransientException;
import io.atmosfera.integration.sync.PageRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One page of a search. The JQL is the same for all pages of a crawl; only the position moves.
 *
 * @param syncId     the sync it is for, for its log
 * @param connection whose Jira
 * @param jql        with its order
 * @param size       issues asked for; Jira may give fewer
 * @param idsOnly    whether only the ids matter (a reconciliation)
 * @param token      Cloud: the position, absent for the first page
 * @param startAt    Data Center: the position
 * @param total      Data Center: how many matched when the page before was read
 * @param trail      what the crawl has seen so far
 */
public record SearchRequest(
        long syncId,
        JiraConnection connection,
        String jql,
        int size,
        boolean idsOnly,
        @Nullable String token,
        long startAt,
        @Nullable Integer total,
        SearchTrail trail)
        implements PageRequest {

    /** All that a mapping may ask for, comments and worklogs with it. */
    private static final String FIELDS = "*all";

    SearchRequest(
            long syncId,
            JiraConnection connection,
            String jql,
            int size,
            boolean idsOnly,
            @Nullable String token,
            long startAt,
            @Nullable Integer total) {
        this(syncId, connection, jql, size, idsOnly, token, startAt, total, SearchTrail.BEGIN);
    }

    static SearchRequest first(long syncId, JiraConnection connection, String jql, int size, boolean idsOnly) {
        return new SearchRequest(syncId, connection, jql, size, idsOnly, null, 0, null);
    }

    @Override
    public String fetchRoute() {
        return "jira-page-fetch";
    }

    @Override
    public String prepareRoute() {
        return "jira-issues-prepare";
    }

    /** Writes the position into a checkpoint. */
    void noteIn(ObjectNode checkpoint) {
        checkpoint.put("jql", jql).put("size", size).put("token", token).put("startAt", startAt);
        if (total != null) {
            checkpoint.put("total", total);
        }
    }

    /** The whole address; one that is too long for a GET goes by POST ({@link LongSearch}). */
    public String url() {
        StringBuilder url = new StringBuilder(connection.api(connection.isCloud() ? "/search/jql" : "/search"))
                .append("?jql=")
                .append(encode(jql))
                .append("&maxResults=")
                .append(size)
                .append("&fields=")
                .append(encode(idsOnly ? "id" : FIELDS));
        if (!idsOnly) {
            url.append("&expand=changelog");
        }
        if (!connection.isCloud()) {
            url.append("&startAt=").append(startAt);
        } else if (token != null) {
            url.append("&nextPageToken=").append(encode(token));
        }
        return url.toString();
    }

    /**
     * Where the crawl goes on behind a page; null at its end.
     *
     * @throws TransientException where Jira leads back to where the crawl has been, or gives nothing where there should
     *     be more
     */
    @Nullable
    SearchRequest after(IssuePage page, int nextSize) {
        if (connection.isCloud()) {
            String next = page.nextToken();
            if (next == null || next.isEmpty() || Boolean.TRUE.equals(page.isLast())) {
                return null;
            }
            if (next.equals(token)) {
                throw new TransientException("Jira gave the same page token twice; the crawl would never end");
            }
            return new SearchRequest(syncId, connection, jql, nextSize, idsOnly, next, 0, null, trail.to(next, page));
        }
        // Where issues vanished before this page was read, those behind them moved forward, some past its beginning:
        // read it again from as far back.
        Integer now = page.total();
        int vanished = total != null && now != null ? Math.max(0, total - now) : 0;
        if (page.size() == 0 && vanished == 0) {
            if (now != null && startAt < now) {
                throw new TransientException("Jira gave an empty page at " + startAt + " of " + now + " tickets");
            }
            return null;
        }
        // Advance by what came, not by what was asked for: a server's own cap lowers it without a word.
        long next = vanished == 0 ? startAt + page.size() : Math.max(0, startAt - vanished);
        return now != null && next >= now
                ? null
                : new SearchRequest(
                        syncId,
                        connection,
                        jql,
                        nextSize,
                        idsOnly,
                        null,
                        next,
                        now,
                        trail.past(page.size(), now == null ? 0 : now));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
