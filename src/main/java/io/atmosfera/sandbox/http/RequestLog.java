package io.atmosfera.sandbox.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest requests. Limited, because a sandbox may run for weeks. */
public final class RequestLog {

    private static final int LIMIT = 10_000;

    private final Deque<RecordedRequest> requests = new ArrayDeque<>();

    public synchronized void add(RecordedRequest request) {
        if (requests.size() == LIMIT) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }

    public synchronized List<RecordedRequest> all() {
        return List.copyOf(requests);
    }

    public synchronized void clear() {
        requests.clear();
    }
}
