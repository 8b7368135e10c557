package io.atmosfera.integration.inbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of an event.
 *
 * @param kind   how it goes on
 * @param reason why, in a sentence, where that is not plain
 * @param until  when it is to be tried again, for {@link Kind#WAIT}
 */
public record Outcome(Kind kind, @Nullable String reason, @Nullable Instant until) {

    /** How an event goes on. */
    public enum Kind {
        /** Applied, or found to change nothing any more. */
        PROCESSED,
        /** Nothing that concerns us. */
        IGNORED,
        /** Says too little or comes too late: the other system has to be asked. */
        FETCH,
        /** Not now, through no fault of the event: costs no attempt. */
        WAIT,
        /** Failed: tried again later, given up after the last attempt. */
        FAILED
    }

    private static final Outcome PROCESSED = new Outcome(Kind.PROCESSED, null, null);
    private static final Outcome FETCH = new Outcome(Kind.FETCH, null, null);

    public static Outcome processed() {
        return PROCESSED;
    }

    public static Outcome ignored(String reason) {
        return new Outcome(Kind.IGNORED, reason, null);
    }

    public static Outcome fetch() {
        return FETCH;
    }

    public static Outcome waiting(String reason, Instant until) {
        return new Outcome(Kind.WAIT, reason, until);
    }

    public static Outcome failed(String reason) {
        return new Outcome(Kind.FAILED, reason, null);
    }
}
