package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A good answer of GitHub's.
 *
 * @param body          the JSON; missing where it is empty
 * @param next          the address of the next page, as GitHub gave it
 * @param serverVersion of GitHub Enterprise Server
 */
public record GitHubDocument(JsonNode body, @Nullable String next, @Nullable String serverVersion) {}
