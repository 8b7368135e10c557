package io.atmosfera.integration.sync;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A work queue: the same statement until it finds nothing more. What is done with a batch has to take it out of the queue. */
record QueuePager(QueueRequest first) implements Pager<QueueRequest, List<Map<String, Object>>, Object> {

    @Override
    public @Nullable QueueRequest next(QueueRequest request, List<Map<String, Object>> batch) {
        return batch.isEmpty() ? null : request;
    }

    @Override
    public @Nullable Object turn(QueueRequest request, List<Map<String, Object>> batch, @Nullable Object prepared) {
        return batch.isEmpty() ? null : batch;
    }
}
