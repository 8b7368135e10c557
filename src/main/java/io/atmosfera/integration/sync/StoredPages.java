package io.atmosfera.integration.sync;

import java.util.Map;
import org.springframework.stereotype.Component;

/** What {@code page-store} adds to a page as it is stored: aggregation strategies. */
@Component("storedPages")
public class StoredPages {

    /** The page with the counts of its rows. */
    public StoredPage counted(PreparedPage page, Map<String, Object> counts) {
        return new StoredPage(page, counts, false);
    }

    /** The page with what its sync's row says. */
    public StoredPage checkpointed(StoredPage page, Boolean cancelled) {
        return new StoredPage(page.page(), page.counts(), cancelled);
    }
}
