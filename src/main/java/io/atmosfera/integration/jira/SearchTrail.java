package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.outbound.TransientException;
import org.jspecify.annotations.Nullable;

/**
 * What a crawl of a search has seen, as far as it takes to notice that it will never end. A circle of pages is found by
 * Brent's method: one page is kept, the one at the last power of two of pages, and every circle comes by it again.
 *
 * @param mark  Cloud: the token of the page that is kept
 * @param issues Cloud: which issues the page has
 * @param again Cloud: how often these issues came again under another token
 * @param empty Cloud: how many pages without an issue have come one after the other
 * @param steps pages since then
 * @param span  after how many of them another is kept
 * @param read  Data Center: issues read so far, those that were read again included
 */
record SearchTrail(@Nullable String mark, long issues, int again, int empty, long steps, long span, long read) {

    static final SearchTrail BEGIN = new SearchTrail(null, 0, 0, 0, 0, 1, 0);

    /** How often all issues may be read, while issues that vanish make a crawl go back. */
    private static final long MOST_TIMES = 4;

    private static final long ALWAYS_ALLOWED = 2000;

    /** How many pages may bring nothing new, one after the other. */
    private static final int MOST_EMPTY = 50;

    private static final int MOST_AGAIN = 3;
    private static final long FACTOR = 1_000_003;

    /**
     * The trail with another token.
     *
     * @param page what came before it
     * @throws TransientException if the crawl was there before, or gets no further
     */
    SearchTrail to(String token, IssuePage page) {
        if (token.equals(mark)) {
            throw endless("Jira's page tokens lead in a circle");
        }
        boolean isEmpty = page.size() == 0;
        int empties = isEmpty ? empty + 1 : 0;
        if (empties > MOST_EMPTY) {
            throw endless("Jira gives pages without a ticket and always says that there are more");
        }
        long ids = ids(page);
        int met = !isEmpty && mark != null && ids == issues ? again + 1 : again;
        if (met > MOST_AGAIN) {
            throw endless("Jira gives the same tickets again and again under new page tokens");
        }
        return steps + 1 == span
                ? new SearchTrail(token, ids, 0, empties, 0, span * 2, read)
                : new SearchTrail(mark, issues, met, empties, steps + 1, span, read);
    }

    private static long ids(IssuePage page) {
        long ids = 1;
        for (JsonNode issue : page.issues()) {
            ids = ids * FACTOR + issue.path("id").asText().hashCode();
        }
        return ids;
    }

    private static TransientException endless(String why) {
        return new TransientException(why + "; the crawl would never end. The next sync restarts it");
    }

    /**
     * The trail behind a page of a crawl by offset.
     *
     * @param total how many issues there are; 0 where Jira does not say
     * @throws TransientException where far more was read than there is
     */
    SearchTrail past(int size, long total) {
        if (total > 0 && read + size > ALWAYS_ALLOWED + MOST_TIMES * total) {
            throw endless("Jira has given " + (read + size) + " tickets in pages of a list of " + total);
        }
        return new SearchTrail(mark, issues, again, empty, steps, span, read + size);
    }
}
