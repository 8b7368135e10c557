package io.atmosfera.integration.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.atmosfera.integration.outbound.UnusableListException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Crawls streams that are lists, for the template {@code stream} and the streams that read single things beside a list. */
@Component("listPages")
public class ListPages {

    private final SyncStreams streams;
    private final Crawls crawls;

    ListPages(SyncStreams streams, Crawls crawls) {
        this.streams = streams;
        this.crawls = crawls;
    }

    /**
     * The pages of a list, from its first one or from the checkpoint; none if nothing can be new.
     *
     * @param first        the address of the first page
     * @param versionToken see {@link SyncStreams#position(StreamRun, String, String)}
     * @param variables    see {@link Crawls#of}
     */
    public Crawl<?, ?, ?> crawl(
            SyncStream stream,
            StreamRun run,
            String first,
            @Nullable String versionToken,
            Map<String, Object> variables) {
        String position = streams.position(run, first, versionToken);
        return crawls.of(new ListPager(streams, stream, run, position), variables);
    }

    /**
     * The pages of one of several lists that a run reads, from an address on.
     *
     * @param variables see {@link Crawls#of}
     */
    public Crawl<?, ?, ?> from(SyncStream stream, StreamRun run, String url, Map<String, Object> variables) {
        run.done(false);
        return crawls.of(new ListPager(streams, stream, run, url), variables);
    }

    /**
     * The items of the page that came last, of which the run takes notice.
     *
     * @param key the field by which what is gone is found, or {@code none}
     * @throws UnusableListException if it is no list
     */
    public JsonNode items(StreamRun run, JsonNode items, String key) {
        return streams.items(run, Objects.requireNonNull(run.getPage(), "No page came"), items, key);
    }

    /**
     * The page that came last, as it is stored.
     *
     * @param done whether all that follows is known
     */
    public PreparedPage page(String source, SyncStream stream, StreamRun run, JsonNode items, Boolean done) {
        run.done(done);
        return fetched(source, stream, run, Objects.requireNonNull(run.getPage(), "No page came"), items, done);
    }

    /**
     * A page that a stream's own route has fetched, as it is stored.
     *
     * @param done whether the crawl does not resume behind it
     */
    public PreparedPage fetched(
            String source, SyncStream stream, StreamRun run, @Nullable StreamPage page, Object items, Boolean done) {
        return storedBy(source + "-store-" + stream.getStream(), stream, run, page, items, done);
    }

    /**
     * What a stream has found beside its pages.
     *
     * @param store the route that stores it, without {@code direct:}
     * @param page  the one behind which the crawl resumes; null if it was resumed at its end
     */
    public PreparedPage storedBy(
            String store, SyncStream stream, StreamRun run, @Nullable StreamPage page, Object rows, Boolean done) {
        return new PreparedPage(
                store,
                stream.getScope(),
                stream.getStream(),
                rows,
                streams.checkpoint(run, page, done),
                streams.asked(run),
                null);
    }
}
