package io.atmosfera.integration.sync;

import io.atmosfera.integration.outbound.UnusableListException;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a walk comes by the same pages over and over. By Brent's method: one address is kept, the one at the last power
 * of two of pages, and every circle comes by it again.
 */
final class PageCircle {

    private @Nullable String mark;
    private long steps;
    private long span = 1;
    private int met;

    /**
     * Takes notice of a page that is about to be asked for.
     *
     * @param most how often it may be met again before that is taken for a circle
     * @throws UnusableListException where it is one
     */
    void ask(String address, int most) {
        if (address.equals(mark) && ++met > most) {
            throw new UnusableListException(
                    "The addresses of the pages lead in a circle, so the list would never end. What came before is stored.");
        }
        if (++steps >= span) {
            mark = address;
            met = 0;
            steps = 0;
            span *= 2;
        }
    }
}
