package io.atmosfera.integration.jira;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page that is ready to be stored.
 *
 * @param batch   all of its rows
 * @param columns the parameters of {@code sql/jira/issues-store.sql} that come from the page, with the rows that differ
 */
public record ReadyPage(TicketBatch batch, Map<String, @Nullable Object> columns) {

    static final String LONG_HISTORIES = "longHistories";

    /** The ids of the issues that are written and whose changelog has more entries than came with them. */
    public Long[] getLongHistories() {
        return columns.get(LONG_HISTORIES) instanceof Long[] ids ? ids : new Long[0];
    }

    public boolean getHasLongHistories() {
        return getLongHistories().length > 0;
    }

    /** The page that it was made of. */
    public IssuePage page() {
        return batch.page();
    }

    /** Only ever itself, as its page is. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
