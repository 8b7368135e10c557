package io.atmosfera.integration.sync;

import org.jspecify.annotations.Nullable;

/** What a page of a stream is requested by: the message that a crawl sends to {@code page-fetch}. */
public interface PageRequest {

    /** The route that fetches the page, without {@code direct:}. */
    String fetchRoute();

    /** The route that makes rows of the page while the page before it is stored; null if there is nothing to do. */
    @Nullable
    String prepareRoute();
}
