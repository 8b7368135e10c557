package io.atmosfera.integration.jira;

import org.jspecify.annotations.Nullable;

/**
 * What a walk through a search has seen, as far as it takes to notice that it will never end. A circle of page tokens is
 * found by Brent's method: one token is kept, the one at the last power of two of pages, and every circle comes by it again.
 *
 * @param mark  Cloud: the token that is kept
 * @param steps pages since then
 * @param span  after how many of them another is kept
 * @param read  Data Center: issues read so far, those that were read again included
 */
record SearchTrail(@Nullable String mark, long steps, long span, long read) {

    static final SearchTrail BEGIN = new SearchTrail(null, 0, 1, 0);

    /** How often all issues may be read, while issues that vanish make a walk go back. */
    private static final long MOST_TIMES = 4;

    private static final long ALWAYS_ALLOWED = 2000;

    /**
     * The trail with another token.
     *
     * @throws JiraTransientException where the walk was there before
     */
    SearchTrail to(String token) {
        if (token.equals(mark)) {
            throw new JiraTransientException(
                    "Jira's page tokens lead in a circle; the walk would never end. The next sync begins it again");
        }
        return steps + 1 == span
                ? new SearchTrail(token, 0, span * 2, read)
                : new SearchTrail(mark, steps + 1, span, read);
    }

    /**
     * The trail behind a page of a walk by offset.
     *
     * @param total how many issues there are; 0 where Jira does not say
     * @throws JiraTransientException where far more was read than there is
     */
    SearchTrail past(int size, long total) {
        if (total > 0 && read + size > ALWAYS_ALLOWED + MOST_TIMES * total) {
            throw new JiraTransientException("Jira has given " + (read + size) + " tickets in pages of a list of "
                    + total + "; the walk would never end. The next sync begins it again");
        }
        return new SearchTrail(mark, steps, span, read + size);
    }
}
