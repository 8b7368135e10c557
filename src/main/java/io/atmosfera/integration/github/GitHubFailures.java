package io.atmosfera.integration.github;

import io.atmosfera.integration.connection.SourceFailures;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.ConnectionFailures;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** What GitHub's failures mean. A token that may read nothing at all is of no use; one that may not read some stream is caught before. */
@Component("githubFailures")
public class GitHubFailures extends SourceFailures {

    // One HTTP client calls Jira and GitHub.
    GitHubFailures(@Value("${platform.jira.timeout-ms:30000}") int timeoutMs) {
        super(
                new ConnectionFailures("GitHub", "apiUrl", timeoutMs),
                Set.of(Reason.AUTHENTICATION, Reason.NOT_THE_API, Reason.PERMISSION, Reason.NOT_FOUND),
                Set.of(Reason.PERMISSION, Reason.NOT_FOUND, Reason.ELSEWHERE));
    }
}
