package io.atmosfera.sandbox.jira;

import io.atmosfera.sandbox.http.RecordedRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** The faults that wait for their requests. Of several that match, the oldest goes first. */
final class Faults {

    private static final class Waiting {

        private final Fault fault;
        private int toSkip;
        private int left;

        private Waiting(Fault fault) {
            this.fault = fault;
            this.toSkip = fault.skipped();
            this.left = fault.times();
        }
    }

    private final List<Waiting> waiting = new ArrayList<>();

    synchronized void add(Fault fault) {
        waiting.add(new Waiting(fault));
    }

    synchronized void clear() {
        waiting.clear();
    }

    synchronized List<String> descriptions() {
        return waiting.stream().map(w -> w.fault.toString()).toList();
    }

    synchronized Optional<Fault> take(RecordedRequest request) {
        for (Iterator<Waiting> all = waiting.iterator(); all.hasNext(); ) {
            Waiting next = all.next();
            if (!next.fault.concerns(request)) {
                continue;
            }
            if (next.toSkip > 0) {
                next.toSkip--;
                continue;
            }
            if (next.left != Integer.MAX_VALUE && --next.left == 0) {
                all.remove();
            }
            return Optional.of(next.fault);
        }
        return Optional.empty();
    }
}
