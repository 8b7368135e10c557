package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.atmosfera.integration.outbound.CallException;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.RateLimited;
import io.atmosfera.integration.outbound.RefusedException;
import io.atmosfera.integration.outbound.RootCause;
import io.atmosfera.integration.outbound.TransientException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Asks for how much commits changed, a hundred at a time: REST's lists do not say it, GraphQL does. Who has no GraphQL has
 * the statistics of those commits only that are asked for one by one.
 */
@Component("githubStatistics")
public class GitHubStatistics {

    private static final int MOST = 100;

    /** GitHub names no moment in an answer of GraphQL; its limit is by the hour. */
    private static final Duration EXHAUSTED = Duration.ofMinutes(15);

    private static final Duration REFUSED = Duration.ofHours(6);
    private static final int REPOSITORIES = 10_000;

    /** What GraphQL says by a good answer, too, where it took too long. */
    private static final String TOO_LONG = "Something went wrong while executing your query";

    private final ObjectMapper json;
    private final Clock clock;
    private final Cache<String, Boolean> refused = Caffeine.newBuilder()
            .maximumSize(REPOSITORIES)
            .expireAfterWrite(REFUSED)
            .build();

    GitHubStatistics(ObjectMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /** One walk: how many are asked for at once, and of which GitHub cannot say it. */
    public static final class Run {

        private final List<String> leftOut = new ArrayList<>();
        private int size;

        private Run(int size) {
            this.size = size;
        }

        /** How many are asked for at once; 0 where nothing is to be asked. */
        public int getSize() {
            return size;
        }

        public String[] getLeftOut() {
            return leftOut.toArray(String[]::new);
        }
    }

    /** A walk; one of a repository that GraphQL has refused a while ago asks nothing. */
    public Run begin(GitHubConnection connection) {
        return new Run(refused.getIfPresent(key(connection)) == null ? MOST : 0);
    }

    /** The address of GraphQL: beside REST's v3 at an Enterprise Server, below it elsewhere. */
    public String url(GitHubConnection connection) {
        return connection.apiUrl().endsWith("/api/v3")
                ? connection.apiUrl().replaceFirst("/v3$", "/graphql")
                : connection.apiUrl() + "/graphql";
    }

    /** The question about commits, as JSON. */
    public String question(List<Map<String, Object>> rows, GitHubConnection connection) {
        StringBuilder query =
                new StringBuilder("query($owner: String!, $name: String!) { repository(owner: $owner, name: $name) {");
        for (int i = 0; i < rows.size(); i++) {
            query.append(" c")
                    .append(i)
                    .append(": object(oid: \"")
                    .append(rows.get(i).get("sha"))
                    .append("\") { ... on Commit { oid additions deletions changedFilesIfAvailable } }");
        }
        String[] repository = connection.repository().split("/", 2);
        ObjectNode question =
                json.createObjectNode().put("query", query.append(" } }").toString());
        question.putObject("variables").put("owner", repository[0]).put("name", repository[1]);
        return question.toString();
    }

    /**
     * The commits of an answer; those that were asked for and are not in it are not asked for again in this walk.
     *
     * @throws CallException where GraphQL refuses the question as a whole, which it does by a good answer
     */
    public ArrayNode commits(Run run, List<Map<String, Object>> rows, GitHubDocument answer) {
        JsonNode repository = answer.body().path("data").path("repository");
        if (!repository.isObject()) {
            JsonNode error = answer.body().path("errors").path(0);
            if (error.path("type").asText().equals("RATE_LIMITED")) {
                throw new RateLimited(
                        "GitHub's rate limit of GraphQL is reached.",
                        EXHAUSTED,
                        clock.instant().plus(EXHAUSTED));
            }
            String said = error.path("message").asText("it gave no reason.");
            throw said.startsWith(TOO_LONG)
                    ? new TransientException("GitHub's GraphQL took too long.")
                    : new RefusedException(Reason.PERMISSION, "GitHub's GraphQL does not show the repository: " + said);
        }
        ArrayNode commits = json.createArrayNode();
        Set<String> missing = new HashSet<>();
        rows.forEach(row -> missing.add(String.valueOf(row.get("sha"))));
        repository.forEach(commit -> {
            if (commit.path("additions").isInt()
                    && missing.remove(commit.path("oid").asText())) {
                commits.add(commit);
            }
        });
        run.leftOut.addAll(missing);
        return commits;
    }

    /**
     * Goes on after a failure: with fewer at once where GitHub took too long (it gives up after ten seconds), and not at all
     * where it has no GraphQL or does not let the token use it.
     *
     * @throws Throwable the failure, where the sync cannot go on
     */
    public void goOn(Run run, GitHubConnection connection, Throwable failure) throws Throwable {
        Throwable cause = RootCause.of(failure);
        if (!(cause instanceof CallException refusal) || refusal instanceof RateLimited) {
            throw cause;
        }
        switch (refusal.reason()) {
            case TRANSIENT -> {
                if (run.size <= 1) {
                    throw cause;
                }
                run.size = run.size / 4 + 1;
            }
            case AUTHENTICATION -> throw cause;
            default -> {
                refused.put(key(connection), true);
                run.size = 0;
            }
        }
    }

    /** A connection may have several repositories: one that is not shown says nothing of the others. */
    private static String key(GitHubConnection connection) {
        return connection.id() + ' ' + connection.repository();
    }
}
