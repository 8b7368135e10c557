package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.outbound.CallException;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.outbound.RootCause;
import io.atmosfera.integration.sync.StreamRun;
import io.atmosfera.integration.sync.SyncStreams;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriUtils;

/** Streams of things that GitHub is asked for one by one; which of them, is what a statement of the stream finds. */
@Component("githubItems")
public class GitHubItems {

    private static final int MOST_OF_THE_NAMES = 10;

    /** What fails may be there soon; what is not found, hardly. */
    private static final Duration RETRY = Duration.ofHours(1);

    private static final Duration RETRY_LOST = Duration.ofHours(24);

    /** What a thing costs of the requests for what has not changed, and a stream's share of them in percent. */
    private record Share(int percent, int cost) {}

    private static final Map<String, Share> SHARES = Map.of(
            "pull-details", new Share(50, 4),
            "check-runs", new Share(20, 1),
            "branch-protection", new Share(10, 2),
            "deployment-statuses", new Share(10, 1));

    private final GitHubProperties properties;
    private final GitHubDetails details;
    private final SyncStreams streams;
    private final ObjectMapper json;

    GitHubItems(GitHubProperties properties, GitHubDetails details, SyncStreams streams, ObjectMapper json) {
        this.properties = properties;
        this.details = details;
        this.streams = streams;
        this.json = json;
    }

    /** A stream in one sync. Getters in the bean style, for SQL. */
    public static final class Walk {

        private final GitHubProperties properties;
        private final StreamRun run;
        private final GitHubDetails.Run details = new GitHubDetails.Run();
        private String lastProblem = "";
        private Duration retry = RETRY;
        private boolean forbidden;
        private int spare;
        private final List<String> cut = new ArrayList<>();

        private Walk(GitHubProperties properties, StreamRun run, int spare) {
            this.properties = properties;
            this.run = run;
            this.spare = spare;
        }

        /** How many more of the things that have not changed since the last sync may be read. */
        public int getSpare() {
            return spare;
        }

        /** What this sync cannot get; a later one tries again. */
        public String[] getLeftOut() {
            return details.getLeftOut();
        }

        /** Whether the token may not read what can be done without. */
        public boolean isForbidden() {
            return forbidden;
        }

        /** In so many seconds what was left out last is asked for again. */
        public long getRetrySeconds() {
            return retry.toSeconds();
        }

        /** How many pull requests a sync asks for. */
        public int getPullLimit() {
            return properties.pullDetailsLimit();
        }

        /** How many of the other things a sync asks for, of each kind. */
        public int getLimit() {
            return properties.detailsLimit();
        }

        /** After so many seconds things are read again of which GitHub does not tell when they change. */
        public long getIntervalSeconds() {
            return properties.detailsInterval().toSeconds();
        }

        /** For so many seconds after a push more checks may begin. */
        public long getSettleSeconds() {
            return properties.checksSettle().toSeconds();
        }
    }

    /** A stream in this sync. */
    public Walk begin(StreamRun run, String stream) {
        Share share = Objects.requireNonNull(SHARES.get(stream), stream);
        return new Walk(properties, run, (details.share(share.percent()) + share.cost() - 1) / share.cost());
    }

    /**
     * The questions for one thing: a row's {@code etag}, where it has one, goes along with the first. One that is not
     * {@code news} is one less to spare.
     */
    public StreamRun item(Walk walk, Map<String, Object> row) {
        if (Boolean.FALSE.equals(row.get("news"))) {
            walk.spare--;
        }
        return streams.begin(row, "none", "none", false);
    }

    /** Notes that a thing came. */
    public void came(Walk walk, StreamRun item) {
        count(walk, item);
        details.came(walk.details);
    }

    /**
     * Leaves out what GitHub does not give, and says why in a few words.
     *
     * @throws Throwable the failure, where it is not of this thing only
     */
    public String leaveOut(Walk walk, StreamRun item, String name, Throwable failure) throws Throwable {
        count(walk, item);
        details.leaveOut(walk.details, name, failure);
        Throwable cause = RootCause.of(failure);
        boolean lost = cause instanceof CallException refusal && refusal.reason() == Reason.NOT_FOUND;
        walk.retry = lost ? RETRY_LOST : RETRY;
        walk.lastProblem = String.valueOf(cause.getMessage());
        return walk.lastProblem;
    }

    /**
     * Tells of something that can be done without whether it is not there; otherwise the token may not read it, and is not
     * to be asked again in this sync.
     *
     * @throws Throwable the failure, where it means something else
     */
    public boolean absent(Walk walk, Throwable failure) throws Throwable {
        Throwable cause = RootCause.of(failure);
        if (cause instanceof CallException refusal) {
            if (refusal.reason() == Reason.NOT_FOUND) {
                return true;
            }
            if (refusal.reason() == Reason.PERMISSION) {
                walk.forbidden = true;
                return false;
            }
        }
        throw cause;
    }

    /**
     * Whether a failure says that something is no longer there.
     *
     * @throws Throwable the failure, where it means something else
     */
    public boolean isGone(Throwable failure) throws Throwable {
        Throwable cause = RootCause.of(failure);
        if (cause instanceof CallException refusal && refusal.reason() == Reason.NOT_FOUND) {
            return true;
        }
        throw cause;
    }

    /**
     * Whether what came instead of something that was asked for is another: GitHub leads on to where an issue was transferred.
     *
     * @param row the numbers by which it is known, such as {@code id}
     */
    public boolean isAnother(GitHubDocument page, Map<String, Object> row) {
        return !page.notModified()
                && row.keySet().stream().anyMatch(name -> page.body().path(name).asLong() != number(row, name));
    }

    private static long number(Map<String, Object> row, String name) {
        return ((Number) Objects.requireNonNull(row.get(name), name)).longValue();
    }

    /**
     * Notes what GitHub does not list of a pull request.
     *
     * @param row with {@code changed_files}
     */
    public void cut(Walk walk, String name, Map<String, Object> row) {
        walk.cut.add(name + " (" + row.get("changed_files") + " files)");
    }

    /** A name as a part of an address: branches have slashes. */
    public String segment(String name) {
        return UriUtils.encode(name, StandardCharsets.UTF_8);
    }

    /** What a sync's log is to say of a stream, as JSON; null where there is nothing. */
    public @Nullable String warning(Walk walk, String stream) {
        ArrayNode warnings = json.createArrayNode();
        String[] leftOut = walk.getLeftOut();
        if (!walk.cut.isEmpty()) {
            warnings.add(warning(
                    "files-truncated",
                    stream
                            + ": GitHub lists 3,000 files of a pull request and no more; those behind them are not known of "
                            + String.join(", ", walk.cut.subList(0, Math.min(walk.cut.size(), MOST_OF_THE_NAMES)))
                            + (walk.cut.size() > MOST_OF_THE_NAMES ? ", …" : "") + "."));
        }
        if (leftOut.length > 0) {
            String names = String.join(", ", Arrays.copyOf(leftOut, Math.min(leftOut.length, MOST_OF_THE_NAMES)));
            warnings.add(warning(
                    "left-out",
                    stream + ": " + leftOut.length + " left out until later: " + names
                            + (leftOut.length > MOST_OF_THE_NAMES ? ", …" : "") + ". " + walk.lastProblem));
        } else if (walk.forbidden) {
            warnings.add(warning(
                    "not-permitted",
                    stream + ": the token may not read everything; what it may was read. It lacks the permission"
                            + " Administration (read)."));
        }
        return warnings.isEmpty() ? null : warnings.toString();
    }

    private ObjectNode warning(String code, String message) {
        return json.createObjectNode().put("code", code).put("message", message);
    }

    /** The questions for a thing are those of its stream. */
    private void count(Walk walk, StreamRun item) {
        for (int asked = streams.asked(item); asked > 0; asked--) {
            streams.ask(walk.run, streams.now());
        }
    }
}
