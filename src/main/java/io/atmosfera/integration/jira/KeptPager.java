package io.atmosfera.integration.jira;

import io.atmosfera.integration.sync.Pager;
import org.jspecify.annotations.Nullable;

/** The stored payloads of a project, batch by batch in the order of its tickets. */
final class KeptPager implements Pager<KeptRequest, KeptPayloads.Batch, ReadyPage> {

    private final IssueCrawl crawl;
    private final KeptPayloads kept;

    KeptPager(IssueCrawl crawl, KeptPayloads kept) {
        this.crawl = crawl;
        this.kept = kept;
    }

    @Override
    public KeptRequest first() {
        SyncRun run = crawl.run();
        return new KeptRequest(run, kept.position(run.getCheckpoint()));
    }

    @Override
    public @Nullable KeptRequest next(KeptRequest request, KeptPayloads.Batch batch) {
        return batch.last() ? null : new KeptRequest(crawl.run(), batch.lastTicket());
    }

    @Override
    public @Nullable Object turn(KeptRequest request, KeptPayloads.Batch batch, @Nullable ReadyPage prepared) {
        return prepared == null || batch.page().size() == 0
                ? null
                : crawl.page(prepared, kept.next(crawl.run(), batch));
    }
}
