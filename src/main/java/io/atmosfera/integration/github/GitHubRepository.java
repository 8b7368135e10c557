package io.atmosfera.integration.github;

import io.atmosfera.integration.sync.SyncScope;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A repository of a connection in one sync; its number, or why it has none, comes while the sync is prepared. */
public final class GitHubRepository implements SyncScope {

    private GitHubConnection connection;
    private @Nullable Throwable failure;
    private @Nullable String error;

    GitHubRepository(GitHubConnection connection) {
        this.connection = connection;
    }

    void found(long id) {
        connection = connection.toRepository(connection.repository(), id);
    }

    void failed(Throwable why, String words) {
        failure = why;
        error = words;
    }

    public GitHubConnection getConnection() {
        return connection;
    }

    public @Nullable Long getId() {
        return connection.repositoryId();
    }

    @Override
    public String getKey() {
        Long id = getId();
        return id == null ? getName().toLowerCase(Locale.ROOT) : id.toString();
    }

    @Override
    public String getName() {
        return connection.repository();
    }

    @Override
    public @Nullable Throwable getFailure() {
        return failure;
    }

    @Override
    public @Nullable String getError() {
        return error;
    }
}
