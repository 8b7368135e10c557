package io.atmosfera.integration.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.outbound.RootCause;
import io.atmosfera.integration.outbound.UnusableListException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What there is to know to crawl the streams of a sync, for the routes under routes/sync. */
@Component("syncStreams")
public class SyncStreams {

    /** Where a template's parameter names no field. */
    static final String NONE = "none";

    private final ObjectMapper json;
    private final Clock clock;

    SyncStreams(ObjectMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /**
     * The scopes of a sync for SQL: an array of {@code scope, name, error}. Of two with the same key the first counts, names
     * are only told where there are several, and a source without scopes has an empty one.
     */
    public String scopes(@Nullable List<? extends SyncScope> scopes) {
        ArrayNode rows = json.createArrayNode();
        if (scopes == null) {
            rows.addObject().put("scope", "");
            return rows.toString();
        }
        Set<String> keys = new HashSet<>();
        for (SyncScope scope : scopes) {
            if (keys.add(scope.getKey())) {
                rows.addObject()
                        .put("scope", scope.getKey())
                        .put("name", scopes.size() > 1 ? scope.getName() : null)
                        .put("error", scope.getError());
            }
        }
        return rows.toString();
    }

    /**
     * Passes where any scope can be read.
     *
     * @throws Throwable the failure of the first one, where none can
     */
    public boolean requireOne(@Nullable List<? extends SyncScope> scopes) throws Throwable {
        Throwable failure = null;
        for (SyncScope scope : scopes == null ? List.<SyncScope>of() : scopes) {
            if (scope.getFailure() == null) {
                return true;
            }
            failure = failure == null ? scope.getFailure() : failure;
        }
        return failure == null || giveUp(failure);
    }

    /** The streams that are still to be crawled, from rows that name them. */
    public StreamQueue queue(List<Map<String, Object>> rows) {
        StreamQueue queue = new StreamQueue();
        rows.forEach(
                row -> queue.add(new SyncStream(String.valueOf(row.get("scope")), String.valueOf(row.get("stream")))));
        return queue;
    }

    /** Notes that an answer came; outside of a sync nothing notes it. */
    public void answered(@Nullable SyncStream stream) {
        if (stream != null) {
            stream.answer();
        }
    }

    /** See {@link StreamQueue#failed}. */
    public void failed(StreamQueue queue, SyncStream stream, String required, Throwable failure) {
        queue.failed(stream, required, failure);
    }

    /**
     * Passes where a sync got something, or had nothing to ask.
     *
     * @param row     of {@code sql/sync/nothing-came.sql}; null where it got something
     * @param failure of its last stream that failed; null where none did since it was resumed
     * @throws Throwable that failure, or one that bears the row's words
     */
    public boolean requireAnswer(@Nullable String row, @Nullable Throwable failure) throws Throwable {
        if (row == null) {
            return true;
        }
        return giveUp(failure == null ? new NothingCameException(row) : failure);
    }

    /**
     * What to send along with the question for an address; null where all of it is wanted.
     *
     * @param payload of a question by POST, of which the address says nothing
     * @throws UnusableListException where the pages of a stream lead in a circle
     */
    public @Nullable String conditional(@Nullable StreamRun run, String url, @Nullable Object payload) {
        if (run == null) {
            return null;
        }
        if (payload == null) {
            run.visit(url);
        }
        return run.conditional(url);
    }

    /**
     * A stream as it is begun or gone on with.
     *
     * @param row         the row of {@code sql/sync/stream-begin.sql}
     * @param mark        the field of the items that the list is sorted by, or {@code none}
     * @param key         the field of the items by which what is gone is found, or {@code none}
     * @param newestFirst whether the first page changes with anything in the list
     * @throws SyncTakenOverException where there is no row
     * @throws SyncCancelledException where somebody wants the sync to stop
     */
    public StreamRun begin(@Nullable Map<String, Object> row, String mark, String key, boolean newestFirst) {
        if (row == null) {
            throw new SyncTakenOverException("Another instance holds the sync.");
        }
        if (Boolean.TRUE.equals(row.get("cancelled"))) {
            throw new SyncCancelledException("Cancelled.");
        }
        JsonNode cursor = tree(row.get("cursor"));
        JsonNode checkpoint = tree(row.get("checkpoint"));
        return checkpoint.has("next")
                ? StreamRun.resume(cursor, checkpoint, mark, newestFirst)
                : StreamRun.begin(
                                cursor,
                                (String) row.get("etag"),
                                mark,
                                newestFirst,
                                key.equals(NONE) || isPart(cursor, mark) ? null : json.createArrayNode())
                        .knowing(tree(row.get("pages")));
    }

    /**
     * As {@link #begin}, of a stream that is many lists or single objects: no ETag of one speaks for all.
     *
     * @param row as there
     */
    public StreamRun beginParts(@Nullable Map<String, Object> row) {
        return begin(row, NONE, NONE, false).ofParts();
    }

    /** Whether a list is only read from a mark on: then what is not in it need not be gone. */
    private static boolean isPart(JsonNode cursor, String mark) {
        return !mark.equals(NONE) && cursor.has("newest");
    }

    /** Where a run begins: at its first page, or where it was cut off; null where that was after the last. */
    public @Nullable String position(StreamRun run, String first) {
        return run.isAtItsEnd() ? null : run.resumeAt() == null ? first : run.resumeAt();
    }

    /**
     * As {@link #position(StreamRun, String)}; null, too, where nothing can be new.
     *
     * @param stamp names the state of what the stream is a part of; null or empty where that is not known, {@code none} where
     *     the stream knows no such thing
     */
    public @Nullable String position(StreamRun run, String first, @Nullable String stamp) {
        if (!NONE.equals(stamp) && run.isUnmoved(stamp == null ? "" : stamp, clock.instant())) {
            run.sawNothingNew();
            return null;
        }
        return position(run, first);
    }

    /** The moment at which something is asked, as mappings take it. */
    public String now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Notes a question that goes out. */
    public void ask(@Nullable StreamRun run, String at) {
        if (run != null) {
            run.ask(at);
        }
    }

    /** The questions that no statement has written down yet. */
    public int asked(@Nullable StreamRun run) {
        return run == null ? 0 : run.takeAsked();
    }

    /**
     * The items of a page, of which the run takes notice.
     *
     * @param key as in {@link #begin}
     * @throws UnusableListException where there are none
     */
    public JsonNode items(StreamRun run, StreamPage page, JsonNode items, String key) {
        if (!items.isArray()) {
            throw new UnusableListException("What came in the place of the list is none: it is no array.");
        }
        run.saw(page, items, key);
        return items;
    }

    /** The address of the page after one; null at the end, or where all that follows is known already. */
    public @Nullable String next(StreamRun run, StreamPage page, @Nullable Boolean done) {
        if (page.notModified()) {
            Optional<JsonNode> known = run.sawKnown();
            if (known.isEmpty()) {
                run.sawNothingNew();
            }
            return known.map(one -> one.path("next").asText(null)).orElse(null);
        }
        if (Boolean.TRUE.equals(done)) {
            run.sawEnough();
            return null;
        }
        return page.next();
    }

    /** What has to be known to resume behind a page, or at the end without one, as JSON; null if the crawl restarts. */
    public @Nullable String checkpoint(StreamRun run, @Nullable StreamPage page, @Nullable Boolean done) {
        ObjectNode checkpoint = run.checkpoint(json, page == null ? null : next(run, page, done));
        return checkpoint == null ? null : checkpoint.toString();
    }

    /**
     * Ends a sync by a failure of one of its streams.
     *
     * @throws Throwable that failure
     */
    public boolean giveUp(Throwable failure) throws Throwable {
        throw RootCause.of(failure);
    }

    private JsonNode tree(@Nullable Object text) {
        try {
            return text == null ? json.createObjectNode() : json.readTree(text.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("jsonb is always JSON", e);
        }
    }
}
