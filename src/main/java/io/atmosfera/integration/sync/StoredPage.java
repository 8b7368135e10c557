package io.atmosfera.integration.sync;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page that was stored.
 *
 * @param page      as it was before
 * @param counts    what the storing route answered: {@code processed, created, updated, unchanged}, and where a source has
 *                  them {@code deleted, invalid}
 * @param cancelled whether somebody wants the sync to stop
 */
public record StoredPage(PreparedPage page, Map<String, Object> counts, boolean cancelled) {

    private static final String[] COUNTS = {"processed", "created", "updated", "unchanged", "deleted", "invalid"};

    /** The parameters of {@code sql/sync/checkpoint.sql}. */
    public Map<String, @Nullable Object> parameters() {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        for (String count : COUNTS) {
            parameters.put(count, counts.get(count) instanceof Number number ? number.intValue() : 0);
        }
        parameters.put("scope", page.scope());
        parameters.put("stream", page.stream());
        parameters.put("checkpoint", page.checkpoint());
        parameters.put("requests", page.requests());
        parameters.put("expected", page.expected());
        return parameters;
    }
}
