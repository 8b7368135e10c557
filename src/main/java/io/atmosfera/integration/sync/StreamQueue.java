package io.atmosfera.integration.sync;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The streams of a sync that are still to be crawled, for a streaming {@code split}. A failure may take the rest of a scope out. */
public final class StreamQueue implements Iterator<SyncStream> {

    private final Deque<SyncStream> streams = new ArrayDeque<>();
    private @Nullable Throwable lastFailure;

    void add(SyncStream stream) {
        streams.add(stream);
    }

    @Override
    public boolean hasNext() {
        return !streams.isEmpty();
    }

    @Override
    public SyncStream next() {
        SyncStream next = streams.poll();
        if (next == null) {
            throw new NoSuchElementException();
        }
        return next;
    }

    /** What the stream failed with that failed last; null if none did since the sync was resumed. */
    public @Nullable Throwable getLastFailure() {
        return lastFailure;
    }

    /** Takes notice of a stream that failed: without the one that a scope requires, the rest of the scope is not read. */
    void failed(SyncStream stream, String required, Throwable failure) {
        lastFailure = failure;
        if (stream.getStream().equals(required)) {
            streams.removeIf(other -> other.getScope().equals(stream.getScope()));
        }
    }
}
