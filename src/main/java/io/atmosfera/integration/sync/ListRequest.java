package io.atmosfera.integration.sync;

import org.jspecify.annotations.Nullable;

/**
 * A page of a list, by its address.
 *
 * @param run  the stream in this sync
 * @param url  the address
 * @param etag names the state in which the page is known; null if all of it is wanted
 * @param at   when it is requested, as mappings take it
 */
public record ListRequest(StreamRun run, String url, @Nullable String etag, String at) implements PageRequest {

    @Override
    public String fetchRoute() {
        return "list-page-fetch";
    }

    @Override
    public @Nullable String prepareRoute() {
        return null;
    }
}
