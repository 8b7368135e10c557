package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a project's repository is; its credential is not part of this.
 *
 * @param id           names the connection for the HTTP client, which opens the credential
 * @param apiUrl       without a slash at its end
 * @param repository   owner/name
 * @param repositoryId stays when the repository is renamed; absent until it is known
 * @param webhookUrl   the address that GitHub delivers to
 */
public record GitHubConnection(
        String id, String apiUrl, String repository, @Nullable Long repositoryId, @Nullable String webhookUrl) {

    static GitHubConnection of(String id, JsonNode config) {
        JsonNode known = config.path("repositoryId");
        return new GitHubConnection(
                id,
                config.path("apiUrl").asText(),
                config.path("repository").asText(),
                known.isIntegralNumber() ? known.asLong() : null,
                config.path("webhookUrl").asText(null));
    }

    /** The same connection, for another of its repositories. */
    GitHubConnection toRepository(String name, @Nullable Long number) {
        return new GitHubConnection(id, apiUrl, name, number, webhookUrl);
    }

    /** The address of the repository in the API, or of something below it. */
    public String api(String path) {
        return apiUrl + "/repos/" + repository + path;
    }

    /** What comes behind the repository in an address of the API, without its query; null where it is of something else. */
    @Nullable
    String below(@Nullable String address) {
        if (address == null) {
            return null;
        }
        String path = address.replaceFirst("[?#].*", "");
        for (String root : List.of(api(""), apiUrl + "/repositories/" + repositoryId)) {
            if (path.regionMatches(true, 0, root, 0, root.length())
                    && (path.length() == root.length() || path.charAt(root.length()) == '/')) {
                return path.substring(root.length());
            }
        }
        return null;
    }
}
