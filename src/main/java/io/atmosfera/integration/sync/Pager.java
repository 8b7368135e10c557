package io.atmosfera.integration.sync;

import org.jspecify.annotations.Nullable;

/**
 * How the pages of one stream follow each other, from its beginning or its checkpoint to its end. A pager belongs to one crawl,
 * which asks it page by page, in their order.
 *
 * @param <R> what a page is requested by
 * @param <P> a page, as the route that fetches it gives it
 * @param <S> a page, as the route that prepares it gives it
 */
public interface Pager<R extends PageRequest, P, S> {

    /** The first request; null if there is nothing to read. */
    @Nullable
    R first();

    /** The request for the page behind one; null at the end. */
    @Nullable
    R next(R request, P page);

    /**
     * What to request in place of a page that was refused.
     *
     * @throws Throwable the failure, if nothing takes the page's place
     */
    default R instead(R request, Throwable failure) throws Throwable {
        throw failure;
    }

    /** Whether pages are fetched and prepared beside the route that stores them. */
    default boolean isPipelined() {
        return false;
    }

    /**
     * When the page behind this one is requested: 0 when this one is stored, 1 when it begins to be, 2 when the page before it
     * does.
     */
    default int ahead(P page) {
        return 0;
    }

    /** What is to be stored of a page whose turn has come; null for a page that has not changed. */
    @Nullable
    Object turn(R request, P page, @Nullable S prepared);
}
