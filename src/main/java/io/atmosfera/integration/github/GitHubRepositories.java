package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.atmosfera.integration.outbound.CallException;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.RefusedException;
import io.atmosfera.integration.outbound.RootCause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The repositories of a connection as the scopes of its syncs. */
@Component("githubRepositories")
public class GitHubRepositories {

    private final ObjectMapper json;
    private final GitHubFailures failures;

    GitHubRepositories(ObjectMapper json, GitHubFailures failures) {
        this.json = json;
        this.failures = failures;
    }

    /** The repositories that a configuration names, the first one first. */
    public List<GitHubRepository> named(Object id, String config) throws IOException {
        JsonNode tree = json.readTree(config);
        GitHubConnection first = GitHubConnection.of(String.valueOf(id), tree);
        List<GitHubRepository> named = new ArrayList<>();
        named.add(new GitHubRepository(first));
        for (JsonNode further : tree.path("repositories")) {
            String name = further.asText();
            JsonNode known = tree.path("repositoryIds").path(name.toLowerCase(Locale.ROOT));
            named.add(new GitHubRepository(first.toRepository(name, known.isIntegralNumber() ? known.asLong() : null)));
        }
        return named;
    }

    /** The connection to the repository of a name; to the first one where none of them has it. */
    public GitHubConnection connection(Object id, String config, @Nullable String name) throws IOException {
        List<GitHubRepository> named = named(id, config);
        return named.stream()
                .filter(repository -> repository.getName().equalsIgnoreCase(name))
                .findFirst()
                .orElse(named.get(0))
                .getConnection();
    }

    /**
     * Notes the number of a repository.
     *
     * @throws CallException where its document has none
     */
    public long found(GitHubRepository repository, GitHubDocument document) {
        JsonNode id = document.body().path("id");
        if (!id.isIntegralNumber()) {
            throw new RefusedException(
                    Reason.NOT_THE_API, "What answers at apiUrl is not GitHub's API: its answer is not a repository.");
        }
        repository.found(id.asLong());
        return id.asLong();
    }

    /**
     * Notes why a repository cannot be read.
     *
     * @throws Throwable the failure, where it is not of this repository alone
     */
    public void failed(GitHubRepository repository, Throwable failure) throws Throwable {
        Throwable cause = RootCause.of(failure);
        if (!failures.ofOneStream(cause)) {
            throw cause;
        }
        repository.failed(cause, failures.describe(cause));
    }

    /**
     * Passes where a document is of the repository that a connection knows by its number.
     *
     * @param document null where none was asked for
     * @throws AnotherRepositoryException where it is of another
     */
    public void requireSame(@Nullable GitHubDocument document, GitHubConnection connection) {
        Long known = connection.repositoryId();
        JsonNode id =
                document == null ? MissingNode.getInstance() : document.body().path("id");
        if (known != null && id.isIntegralNumber() && id.asLong() != known) {
            throw new AnotherRepositoryException(connection.repository(), known, id.asLong());
        }
    }

    /** The repository whose key is a scope. */
    public GitHubRepository find(List<GitHubRepository> repositories, String scope) {
        return repositories.stream()
                .filter(repository -> repository.getKey().equals(scope))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No repository has the scope"));
    }
}
