package io.atmosfera.integration.sync;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a list that names the address of the next one in each. What follows a page is known when it was looked at: the run
 * may say by then that nothing does, or that something else does than the page says.
 */
public class ListPager implements Pager<ListRequest, StreamPage, Object> {

    private final SyncStreams streams;
    private final SyncStream stream;
    private final StreamRun run;
    private final @Nullable String first;

    /**
     * A pager for one crawl.
     *
     * @param first the address that it begins at; null if there is nothing to read
     */
    public ListPager(SyncStreams streams, SyncStream stream, StreamRun run, @Nullable String first) {
        this.streams = streams;
        this.stream = stream;
        this.run = run;
        this.first = first;
    }

    @Override
    public @Nullable ListRequest first() {
        return request(first);
    }

    @Override
    public @Nullable ListRequest next(ListRequest request, StreamPage page) {
        return request(streams.next(run, Objects.requireNonNull(run.getPage(), "No page came"), run.isDone()));
    }

    @Override
    public @Nullable Object turn(ListRequest request, StreamPage page, @Nullable Object prepared) {
        streams.answered(stream);
        run.arrived(page, request.at());
        return page.notModified() ? null : page.body();
    }

    private @Nullable ListRequest request(@Nullable String url) {
        return url == null ? null : requestOf(url);
    }

    /** The request for an address, for what is new there. */
    protected final ListRequest requestOf(String url) {
        return new ListRequest(run, url, streams.conditional(run, url, null), streams.now());
    }
}
