package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.atmosfera.integration.outbound.ConnectionResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a test of a connection to GitHub found, and what it means. */
@Component("githubProbe")
public class GitHubProbe {

    private static final int CONNECTIONS = 10_000;

    private final GitHubFailures failures;

    /** What the last probe of a connection got, by the address that it asked. */
    private final Cache<String, GitHubDocument> last = Caffeine.newBuilder()
            .maximumSize(CONNECTIONS)
            .expireAfterAccess(Duration.ofHours(1))
            .build();

    GitHubProbe(GitHubFailures failures) {
        this.failures = failures;
    }

    /** What a probe in the background sends along, so that only a change is answered; null where a person asks. */
    public @Nullable String etag(GitHubConnection connection, @Nullable Object projectId) {
        GitHubDocument known = projectId == null ? last.getIfPresent(key(connection)) : null;
        return known == null ? null : known.etag();
    }

    /** The repository's document: the one that came, or the last one, where it has not changed. */
    public GitHubDocument document(GitHubDocument answer, GitHubConnection connection) {
        if (answer.notModified()) {
            GitHubDocument known = last.getIfPresent(key(connection));
            return known == null ? answer : known;
        }
        last.put(key(connection), answer);
        return answer;
    }

    private static String key(GitHubConnection connection) {
        return connection.id() + ' ' + connection.api("");
    }

    /** What the repository's own document says. */
    public ConnectionResult passed(GitHubDocument repository, GitHubConnection connection, long started) {
        JsonNode body = repository.body();
        String name = body.path("full_name").asText("");
        if (name.isEmpty() || !body.path("id").isIntegralNumber()) {
            return failed("What answers at apiUrl is not GitHub's API: its answer is not a repository.", started);
        }
        if (!name.equalsIgnoreCase(connection.repository())) {
            return failed(
                    "The repository was renamed or moved: it is " + name + " now. Save the connection with this name.",
                    started);
        }
        Long known = connection.repositoryId();
        if (known != null && known != body.path("id").asLong()) {
            return failed(
                    "Another repository bears the name " + name + " now. If it is the one you mean, save the connection"
                            + " again.",
                    started);
        }
        List<String> permissions = new ArrayList<>();
        body.path("permissions").properties().forEach(permission -> {
            if (permission.getValue().asBoolean()) {
                permissions.add(permission.getKey());
            }
        });
        return new ConnectionResult(
                true,
                null,
                repository.serverVersion(),
                null,
                permissions,
                ConnectionResult.since(started),
                null,
                null,
                null);
    }

    /** The result with the account that the token belongs to. */
    public ConnectionResult ofAccount(ConnectionResult result, GitHubDocument user) {
        return new ConnectionResult(
                result.ok(),
                null,
                result.serverVersion(),
                user.body().path("login").asText(null),
                result.permissions(),
                result.latencyMs(),
                null,
                null,
                null);
    }

    /** Whether the repository's id was learned that the stored connection does not know; one under test stores nothing. */
    public boolean isNew(ConnectionResult result, GitHubConnection connection) {
        return result.ok()
                && connection.repositoryId() == null
                && connection.id().chars().allMatch(Character::isDigit);
    }

    public ConnectionResult failed(
            Throwable failure, @Nullable String step, @Nullable Long started, GitHubConnection connection) {
        return failures.resultOf(failure, started);
    }

    /** A failure in words. */
    public String describe(Throwable failure) {
        return failures.describe(failure);
    }

    private static ConnectionResult failed(String error, long started) {
        return ConnectionResult.failed(error, started, null);
    }
}
