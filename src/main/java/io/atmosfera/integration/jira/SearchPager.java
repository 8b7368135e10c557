package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.RefusedException;
import io.atmosfera.integration.outbound.RootCause;
import io.atmosfera.integration.sync.Pager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pages of a search, by page tokens or by offsets: one is stored while the next is mapped and the one behind it fetched. */
class SearchPager implements Pager<SearchRequest, IssuePage, ReadyPage> {

    private static final Logger LOG = LoggerFactory.getLogger(SearchPager.class);

    /** Of larger pages there are never three in memory: one is requested when the page before it begins to be stored. */
    private static final int MOST_BYTES_OF_THREE = 2 * 1024 * 1024;

    /** Pages of large issues get smaller, so that memory does not depend on what people write into tickets. */
    private static final int PAGE_BYTES = 8 * 1024 * 1024;

    private final IssueCrawl crawl;
    private final @Nullable SearchRequest first;

    /**
     * A pager for one crawl.
     *
     * @param first the request that it begins with; null if there is nothing to read
     */
    SearchPager(IssueCrawl crawl, @Nullable SearchRequest first) {
        this.crawl = crawl;
        this.first = first;
    }

    @Override
    public @Nullable SearchRequest first() {
        return first;
    }

    @Override
    public @Nullable SearchRequest next(SearchRequest request, IssuePage page) {
        boolean isLarge = !request.idsOnly() && page.body().length > PAGE_BYTES;
        return request.after(
                page,
                isLarge
                        ? Math.max(1, (int) ((long) request.size() * PAGE_BYTES / page.body().length))
                        : request.size());
    }

    @Override
    public boolean isPipelined() {
        return true;
    }

    @Override
    public int ahead(IssuePage page) {
        return page.body().length > MOST_BYTES_OF_THREE ? 1 : 2;
    }

    /** In place of the page token at which a crawl resumes, if Jira no longer takes it: where the last page ended. */
    @Override
    public SearchRequest instead(SearchRequest refused, Throwable failure) throws Throwable {
        SyncRun run = crawl.run();
        boolean forgotten = RootCause.of(failure) instanceof RefusedException refusal
                && refusal.reason() == Reason.BAD_REQUEST
                && refused.token() != null
                && refused.equals(run.getFirst());
        if (!forgotten) {
            throw failure;
        }
        LOG.info("Sync {} goes on without its page token, which Jira refuses", run.getSyncId());
        JsonNode lastCreated = run.getCheckpoint().path("lastCreatedMs");
        String jql = refused.jql();
        if (lastCreated.isNumber()) {
            String scope = JiraConnection.unordered(jql);
            jql = "(" + scope + ") AND created >= " + lastCreated.asLong() + JiraConnection.STABLE_ORDER;
        }
        return SearchRequest.first(refused.syncId(), refused.connection(), jql, refused.size(), refused.idsOnly());
    }

    @Override
    public @Nullable Object turn(SearchRequest request, IssuePage page, @Nullable ReadyPage prepared) {
        SearchRequest next = next(request, page);
        return prepared == null ? page : crawl.page(prepared, next);
    }
}
