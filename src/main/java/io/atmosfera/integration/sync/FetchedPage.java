package io.atmosfera.integration.sync;

/**
 * A page that came, as {@code page-prepare} takes it.
 *
 * @param request what it was requested by
 * @param page    the page, as the route that fetched it gave it
 */
public record FetchedPage(PageRequest request, Object page) {}
