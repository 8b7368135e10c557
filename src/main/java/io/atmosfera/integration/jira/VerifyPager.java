package io.atmosfera.integration.jira;

import org.jspecify.annotations.Nullable;

/** The ids of the whole scope once more, page by page, of which nothing is stored but what was missed. */
final class VerifyPager extends SearchPager {

    VerifyPager(IssueCrawl crawl) {
        super(crawl, crawl.run().getIds());
    }

    @Override
    public SearchRequest instead(SearchRequest refused, Throwable failure) throws Throwable {
        throw failure;
    }

    @Override
    public Object turn(SearchRequest request, IssuePage page, @Nullable ReadyPage prepared) {
        return page;
    }
}
