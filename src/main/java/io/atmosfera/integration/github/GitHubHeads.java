package io.atmosfera.integration.github;

import io.atmosfera.integration.github.GitHubException.Reason;
import io.atmosfera.integration.sync.SourceFailures;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where a branch's commits are asked for. A comparison with what was walked before brings just those that are new, whatever
 * their dates; a list by date would end too early, or too late.
 */
@Component("githubHeads")
public class GitHubHeads {

    private static final Pattern HEAD = Pattern.compile("(?:[?&]sha=|\\.\\.\\.)([0-9a-f]{40,64})");

    /** The first page of a row of {@code sql/github/head-next.sql}; null where there is none. */
    public @Nullable String first(@Nullable Map<String, Object> row, GitHubConnection connection) {
        if (row == null) {
            return null;
        }
        String head = String.valueOf(row.get("sha"));
        return row.get("base") == null
                ? listed(head, connection)
                : connection.api("/compare/" + row.get("base") + "..." + head + "?per_page=100");
    }

    /** The commit that a page's address leads back from. */
    public String head(String url) {
        Matcher head = HEAD.matcher(url);
        if (!head.find()) {
            throw new IllegalStateException("A page of commits names no head");
        }
        return head.group(1);
    }

    /**
     * Where to ask instead: GitHub compares nothing with a commit that was thrown away, or that has no ancestor in common.
     *
     * @throws Throwable the failure, where it means something else
     */
    public String instead(Throwable failure, String url, GitHubConnection connection) throws Throwable {
        Throwable cause = SourceFailures.root(failure);
        if (cause instanceof GitHubException refusal
                && refusal.reason() == Reason.NOT_FOUND
                && url.contains("/compare/")) {
            return listed(head(url), connection);
        }
        throw cause;
    }

    private static String listed(String head, GitHubConnection connection) {
        return connection.api("/commits?sha=" + head + "&per_page=100");
    }
}
