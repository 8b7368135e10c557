package io.atmosfera.integration.sync;

import org.jspecify.annotations.Nullable;

/**
 * The next things of a work queue, as a page: what a statement finds among what is stored.
 *
 * @param statement the file under {@code sql/}, without its ending
 */
public record QueueRequest(String statement) implements PageRequest {

    @Override
    public String fetchRoute() {
        return "queue-next";
    }

    @Override
    public @Nullable String prepareRoute() {
        return null;
    }
}
