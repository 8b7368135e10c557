package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.sync.StreamPage;
import org.jspecify.annotations.Nullable;

/**
 * A good answer of GitHub's, or that nothing has changed.
 *
 * @param body          the JSON; missing where it is empty
 * @param next          the address of the next page, as GitHub gave it
 * @param serverVersion of GitHub Enterprise Server
 * @param etag          names the state that it is in
 * @param token         what its headers say of the token
 * @param notModified   whether it is still in the state whose ETag went along with the question
 */
public record GitHubDocument(
        JsonNode body,
        @Nullable String next,
        @Nullable String serverVersion,
        @Nullable String etag,
        Token token,
        boolean notModified)
        implements StreamPage {

    /**
     * What GitHub says of a token that it takes.
     *
     * @param scopes    of a classic one, separated by commas; absent with every other kind
     * @param expiresAt when it ends, as GitHub writes it; absent where it does not end
     */
    public record Token(@Nullable String scopes, @Nullable String expiresAt) {}
}
