package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.sync.Pager;
import io.atmosfera.integration.sync.PreparedPage;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The streams of a Jira: its issues, their ids, and the payloads that are kept of them. */
@Component("issueCrawls")
public class IssueCrawls {

    private final KeptPayloads kept;
    private final ObjectMapper json;

    IssueCrawls(KeptPayloads kept, ObjectMapper json) {
        this.kept = kept;
        this.json = json;
    }

    /** What a sync reads, from its beginning or its checkpoint. */
    public IssueCrawl begin(SyncRun run, Map<String, Object> claim) {
        return new IssueCrawl(run, claim.get("pages") instanceof Number pages ? pages.intValue() : 0, json);
    }

    /**
     * The pages of a sync's search.
     *
     * @param expected how many issues Jira counts; null if it does not say
     */
    public Pager<?, ?, ?> search(IssueCrawl crawl, @Nullable Integer expected) {
        crawl.expect(expected);
        return new SearchPager(crawl, crawl.run().getFirst());
    }

    /** The pages of ids that show what a full crawl has missed. */
    public Pager<?, ?, ?> verify(IssueCrawl crawl) {
        return new VerifyPager(crawl);
    }

    /** The pages of payloads that a replay maps again. */
    public Pager<?, ?, ?> kept(IssueCrawl crawl) {
        return new KeptPager(crawl, kept);
    }

    /** A page that a sync found beside its stream: it resumes at its end. */
    public PreparedPage beside(IssueCrawl crawl, ReadyPage ready) {
        return crawl.page(ready, null);
    }

    /** Rows of issues that no sync has asked for. */
    public IssueRows outside(SyncRun run, ReadyPage ready) {
        return new IssueRows(run, ready, 0, null);
    }

    /**
     * See {@link IssueCrawl#mayHaveShifted}.
     *
     * @param counted what Jira counts now; null if it does not say
     * @param seen    how many issues the pages have brought
     */
    public boolean mayHaveShifted(IssueCrawl crawl, @Nullable Integer counted, long seen) {
        return crawl.mayHaveShifted(counted, seen);
    }
}
