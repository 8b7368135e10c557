package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.outbound.CallException;
import io.atmosfera.integration.outbound.CallException.Reason;
import io.atmosfera.integration.sync.StreamPage;
import io.atmosfera.integration.sync.StreamRun;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Where workflow runs are asked for. Spans of time follow each other backwards without a gap, so the address of a page alone
 * says what is still to come.
 */
@Component("githubRuns")
public class GitHubRuns {

    private static final Pattern SPAN = Pattern.compile("[?&]created=([^&]+?)\\.\\.([^&]+)");
    private static final String LOOKED_AT = "lookedAt";

    private static final String BEFORE_ALL = "-infinity";
    private static final String AFTER_ALL = "infinity";

    /** GitHub had no workflows before. */
    private static final Instant FIRST = Instant.parse("2018-01-01T00:00:00Z");

    private static final Duration FIRST_SPAN = Duration.ofDays(1);

    /** GitHub shows no more of a list with a filter. */
    private static final int MOST_OF_A_SPAN = 1000;

    /** So long a run can be started again; and how often that is looked for. */
    private static final Duration STARTED_AGAIN = Duration.ofDays(30);

    private static final Duration LOOK = Duration.ofDays(1);

    private final GitHubProperties properties;
    private final Clock clock;

    GitHubRuns(GitHubProperties properties, Clock clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /** The share of unfinished runs in the requests for what has not changed. */
    private static final int SHARE = 8;

    /** What a walk has seen. Getters in the bean style, for SQL. */
    public static final class Walk {

        private final List<Long> going = new ArrayList<>();
        private final int again;
        private final boolean whole;
        private List<Long> listed = List.of();
        private List<Long> listedBefore = List.of();
        private @Nullable String oldest;
        private String after = BEFORE_ALL;
        private String until = AFTER_ALL;

        private Walk(int again, boolean whole, boolean fresh) {
            this.again = again;
            this.whole = whole;
            // Of a walk that is gone on with nobody knows where the page before it ended.
            this.oldest = fresh ? AFTER_ALL : null;
        }

        /** Whether it goes over all runs, so that a run is missing that is in none of its pages. */
        public boolean isWhole() {
            return whole;
        }

        /** The last page's span of time: what is later than this … */
        public String getAfter() {
            return after;
        }

        /** … and not later than this. */
        public String getUntil() {
            return until;
        }

        /** The runs of the last page and of the one before it, since some may have begun in the same second. */
        public Long[] getListed() {
            return Stream.concat(listed.stream(), listedBefore.stream()).toArray(Long[]::new);
        }

        private void page(List<Long> ids, @Nullable String newestOfPage, @Nullable String oldestOfPage, boolean last) {
            until = oldest != null ? oldest : newestOfPage != null ? newestOfPage : BEFORE_ALL;
            after = last ? BEFORE_ALL : oldestOfPage != null ? oldestOfPage : until;
            if (oldestOfPage != null) {
                listedBefore = listed;
                listed = ids;
                oldest = oldestOfPage;
            }
        }

        /** How many runs that were not at their end are read again, one by one. */
        public int getAgain() {
            return again;
        }

        /** The runs of its pages that are not at their end. */
        public Long[] getSeen() {
            return going.toArray(Long[]::new);
        }
    }

    private record Span(Instant from, Instant to) {

        static @Nullable Span of(String url) {
            Matcher span = SPAN.matcher(URLDecoder.decode(url, StandardCharsets.UTF_8));
            return span.find() ? new Span(Instant.parse(span.group(1)), Instant.parse(span.group(2))) : null;
        }

        Duration length() {
            return Duration.between(from, to);
        }

        String url(GitHubConnection connection) {
            return connection.api("/actions/runs?per_page=100&created=" + from + ".." + to);
        }
    }

    /** Begins a walk; once a day it goes back over all runs that may have been started again. */
    public Walk begin(StreamRun run) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String looked = run.getCursor().path(LOOKED_AT).asText(null);
        boolean due = looked == null || Instant.parse(looked).plus(LOOK).isBefore(now);
        if (due) {
            run.note(LOOKED_AT, now.toString());
            if (run.getSince() != null) {
                run.lookBackTo(now.minus(STARTED_AGAIN).toString());
            }
        }
        return new Walk((properties.backlogRequests() + SHARE - 1) / SHARE, run.getSince() == null, run.getIsNew());
    }

    /** Whether a span of time has more runs than GitHub shows, and can be made shorter. */
    public boolean tooMany(String url, StreamPage page) {
        Span span = Span.of(url);
        return span != null && total(page) > MOST_OF_A_SPAN && span.length().toSeconds() > 1;
    }

    /** The later half of a span. */
    public String shorter(String url, GitHubConnection connection) {
        Span span = Objects.requireNonNull(Span.of(url));
        return new Span(span.to().minusSeconds(span.length().toSeconds() / 2), span.to()).url(connection);
    }

    /** Finds where the crawl goes on behind the page that came last, be it in the same list or in the span before. */
    public void goOn(Walk walk, StreamRun run, GitHubConnection connection) {
        GitHubDocument page = (GitHubDocument) Objects.requireNonNull(run.getPage(), "No page came");
        List<Long> ids = new ArrayList<>();
        String newest = null;
        for (JsonNode one : page.body().path("workflow_runs")) {
            ids.add(one.path("id").asLong());
            String created = one.path("created_at").asText("");
            newest = newest == null || created.compareTo(newest) > 0 ? created : newest;
            if (!one.path("status").asText().equals("completed")) {
                walk.going.add(one.path("id").asLong());
            }
        }
        Span span = Span.of(Objects.requireNonNull(run.getUrl(), "No page came"));
        boolean all = span != null || total(page) <= properties.workflowRunsCap();
        String next = page.next();
        if (run.isKnown()) {
            next = null;
        } else if (span != null) {
            next = next == null ? before(span, run, total(page), connection) : next;
        } else if (!all && (run.getFloor() == null || next == null)) {
            Instant to = moment(run.getOldestOfPage(), clock.instant());
            next = new Span(to.minus(FIRST_SPAN), to).url(connection);
        }
        walk.page(ids, newest, run.getOldestOfPage(), next == null);
        run.goOn(new GitHubDocument(page.body(), next, page.serverVersion(), page.etag(), page.token(), false));
    }

    /** The span before one, twice as long where that was sparse; null behind the last. */
    private static @Nullable String before(Span span, StreamRun run, int total, GitHubConnection connection) {
        Instant floor = moment(run.getFloor(), FIRST);
        Instant to = span.from().minusSeconds(1);
        if (to.isBefore(floor)) {
            return null;
        }
        Duration length = span.length().multipliedBy(total <= MOST_OF_A_SPAN / 2 ? 2 : 1);
        Instant from = to.minus(length.toSeconds() < 1 ? Duration.ofSeconds(1) : length);
        return new Span(from.isBefore(floor) ? floor : from, to).url(connection);
    }

    /**
     * The ids of what GitHub has no more, as a JSON array.
     *
     * @throws CallException the failure, where it means something else
     */
    public String gone(CallException failure, Object id) {
        if (failure.reason() != Reason.NOT_FOUND) {
            throw failure;
        }
        return "[" + id + "]";
    }

    private static int total(StreamPage page) {
        return page.body().path("total_count").asInt();
    }

    private static Instant moment(@Nullable String mark, Instant otherwise) {
        return (mark == null ? otherwise : Instant.parse(mark)).truncatedTo(ChronoUnit.SECONDS);
    }
}
