package io.atmosfera.integration.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest requests. Limited, because a sandbox may run for weeks. */
final class RequestLog {

    private static final int LIMIT = 10_000;

    private final Deque<RecordedRequest> requests = new ArrayDeque<>();

    synchronized void add(RecordedRequest request) {
        if (requests.size() == LIMIT) {
            requests.removeFirst();
        }
        requests.addLast(request);
    }

    synchronized List<RecordedRequest> all() {
        return List.copyOf(requests);
    }

    synchronized void clear() {
        requests.clear();
    }
}
