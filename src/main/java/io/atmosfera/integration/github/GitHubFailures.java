package io.atmosfera.integration.github;

import io.atmosfera.integration.github.GitHubException.Reason;
import io.atmosfera.integration.outbound.ConnectionFailures;
import io.atmosfera.integration.sync.SourceFailures;
import io.atmosfera.integration.sync.UnusableListException;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What GitHub's failures mean for syncs. */
@Component("githubFailures")
public class GitHubFailures implements SourceFailures {

    private static final Set<Reason> OF_ONE_STREAM = Set.of(Reason.PERMISSION, Reason.NOT_FOUND, Reason.ELSEWHERE);
    private static final Set<Reason> OF_THE_CONNECTION =
            Set.of(Reason.AUTHENTICATION, Reason.NOT_GITHUB, Reason.PERMISSION, Reason.NOT_FOUND);

    private final ConnectionFailures words;

    // One HTTP client calls Jira and GitHub.
    GitHubFailures(@Value("${platform.jira.timeout-ms:30000}") int timeoutMs) {
        this.words = new ConnectionFailures("GitHub", "apiUrl", timeoutMs);
    }

    @Override
    public Throwable cause(Throwable failure) {
        return SourceFailures.root(failure);
    }

    @Override
    public String describe(Throwable failure) {
        return words.describe(failure);
    }

    @Override
    public boolean hopeless(Throwable failure) {
        return is(failure, OF_THE_CONNECTION) || is(failure, Set.of(Reason.BAD_REQUEST));
    }

    /** A token that may read nothing at all is of no use; one that may not read some stream is caught before. */
    @Override
    public boolean brokenConnection(Throwable failure) {
        return is(failure, OF_THE_CONNECTION);
    }

    @Override
    public boolean ofOneStream(Throwable failure) {
        return is(failure, OF_ONE_STREAM) || cause(failure) instanceof UnusableListException;
    }

    private boolean is(Throwable failure, Set<Reason> reasons) {
        return cause(failure) instanceof GitHubException refusal && reasons.contains(refusal.reason());
    }
}
