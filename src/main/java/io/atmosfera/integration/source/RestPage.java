package io.atmosfera.integration.source;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.sync.StreamPage;
import org.jspecify.annotations.Nullable;

/**
 * A good answer of a source, or that nothing has changed.
 *
 * @param body        the JSON; missing where it is empty
 * @param next        the address of the next page, as the source gave it
 * @param etag        names the state that it is in
 * @param notModified whether it is still in the state whose ETag went along with the question
 */
public record RestPage(JsonNode body, @Nullable String next, @Nullable String etag, boolean notModified)
        implements StreamPage {}
