package io.atmosfera.integration.sync;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A page of a stream, as the call of its source gives it. */
public interface StreamPage {

    /** The JSON; a missing node if there is none. */
    JsonNode body();

    /** The address of the next page, as the source gave it; null on the last. */
    @Nullable
    String next();

    /** Names the state that the page is in, to ask later whether it is in another. */
    @Nullable
    String etag();

    /** Whether the page is as it was at the ETag that went along with the question; it has no body then. */
    boolean notModified();
}
