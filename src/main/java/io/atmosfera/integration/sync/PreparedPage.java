package io.atmosfera.integration.sync;

import org.jspecify.annotations.Nullable;

/**
 * A page that can be stored: the message of {@code page-store}.
 *
 * @param store      the route that stores the rows and answers with their counts, without {@code direct:}
 * @param scope      whose stream it is a page of; empty for a source without scopes
 * @param stream     the stream, as the API and the database name it
 * @param rows       what that route takes as its body
 * @param checkpoint where the crawl resumes behind this page, as JSON; null if it restarts
 * @param requests   how many requests were sent since the page before it was stored
 * @param expected   how many items the crawl will bring; null if that is not known
 */
public record PreparedPage(
        String store,
        String scope,
        String stream,
        Object rows,
        @Nullable String checkpoint,
        int requests,
        @Nullable Integer expected) {}
