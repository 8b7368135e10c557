package io.atmosfera.integration.github;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.outbound.CallException;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.RefusedException;
import io.atmosfera.integration.outbound.RootCause;
import io.atmosfera.integration.sync.StreamRun;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where a branch's commits are asked for. A comparison with what was read before brings just those that are new, whatever
 * their dates; a list by date would end too early, or too late.
 */
@Component("githubHeads")
public class GitHubHeads {

    private static final String COMPARISON = "/compare/";
    private static final Set<Reason> OF_A_LOST_COMMIT = Set.of(Reason.NOT_FOUND, Reason.BAD_REQUEST);

    /** A comparison brings no more in one page than this, and hardly ever in all: so far back branches may be a part of it. */
    private static final int REACH_OF_A_COMPARISON = 1000;

    /** So many branches are compared at once, whether or not they will turn out to be merged. */
    private static final int FEW = 20;

    private static final Pattern HEAD = Pattern.compile("(?:[?&]sha=|\\.\\.\\.)([0-9a-f]{40,64})");

    private final ObjectMapper json;
    private final GitHubProperties properties;

    GitHubHeads(ObjectMapper json, GitHubProperties properties) {
        this.json = json;
        this.properties = properties;
    }

    /** A crawl of branches. Getters in the bean style, for SQL. */
    public static final class Run {

        private final int enough;
        private final boolean waiting;
        private String head = "";
        private int listed;
        private int reach = Integer.MAX_VALUE;
        private boolean lost;

        private Run(int enough, boolean waiting) {
            this.enough = enough;
            this.waiting = waiting;
        }

        /** Whether branches can wait for the rest of a history. */
        public boolean isWaiting() {
            return waiting;
        }

        /** So many branches do not wait. */
        public int getFew() {
            return FEW;
        }

        /** Whether a history was lost; then no more branches are read. */
        public boolean isLost() {
            return lost;
        }

        /** How many commits behind the last head may have come with it. */
        public int getReach() {
            return reach;
        }
    }

    /** Lists of branches that come to as many commits as a connection's configuration wants analysed. */
    public Run begin(String config) throws JsonProcessingException {
        return new Run(limit(config), properties.streams().contains("commit-history"));
    }

    /** The same where histories are complete: nothing is left to wait for. */
    public Run beginRest(String config) throws JsonProcessingException {
        return new Run(limit(config), false);
    }

    private int limit(String config) throws JsonProcessingException {
        return json.readTree(config).path("commitAnalysisLimit").asInt(properties.commitAnalysisLimit());
    }

    /**
     * The address of what is left for later of a branch that is listed, if enough of it has come; then nothing follows the last
     * page. Else null. What a comparison brings is new, and all of it is wanted now.
     */
    public @Nullable String rest(Run run, StreamRun stream, JsonNode items) {
        String url = Objects.requireNonNull(stream.getUrl(), "No page came");
        boolean isCompared = url.contains(COMPARISON);
        run.reach = isCompared ? REACH_OF_A_COMPARISON : Integer.MAX_VALUE;
        if (isCompared) {
            return null;
        }
        String head = head(url);
        run.listed = items.size() + (head.equals(run.head) ? run.listed : 0);
        run.head = head;
        if (run.listed < run.enough || stream.getPage() == null) {
            return null;
        }
        String rest = stream.getPage().next();
        stream.done(rest != null);
        return rest;
    }

    /**
     * Where a history goes on, of a row of {@code sql/github/history-next.sql}. It was noted by an earlier sync, and a
     * credential is never sent to another site than the connection's.
     *
     * @throws CallException where that is at another site than the connection leads to now; then it is lost
     */
    public String goOn(Map<String, Object> row, GitHubConnection connection) {
        String next = String.valueOf(row.get("next"));
        if (!GitHubAnswer.isOfSite(next, connection)) {
            throw new RefusedException(Reason.NOT_FOUND, "The history goes on where apiUrl led before.");
        }
        return next;
    }

    /**
     * Passes where GitHub has a history no more; then the next sync looks for it, and this one reads no more branches.
     *
     * @throws Throwable the failure, where it means something else
     */
    public void lost(Run run, Throwable failure) throws Throwable {
        Throwable cause = RootCause.of(failure);
        if (!(cause instanceof CallException refusal) || !OF_A_LOST_COMMIT.contains(refusal.reason())) {
            throw cause;
        }
        run.lost = true;
    }

    /** The first page of a row of {@code sql/github/head-next.sql}. */
    public String first(Map<String, Object> row, GitHubConnection connection) {
        String head = String.valueOf(row.get("sha"));
        return row.get("base") == null
                ? listed(head, connection)
                : connection.api(COMPARISON + row.get("base") + "..." + head + "?per_page=100");
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
        Throwable cause = RootCause.of(failure);
        if (cause instanceof CallException refusal
                && refusal.reason() == Reason.NOT_FOUND
                && url.contains(COMPARISON)) {
            return listed(head(url), connection);
        }
        throw cause;
    }

    private static String listed(String head, GitHubConnection connection) {
        return connection.api("/commits?sha=" + head + "&per_page=100");
    }
}
