package io.atmosfera.integration.http;

import java.util.HashMap;
import java.util.Map;

/**
 * How many bytes of request bodies the platform holds at a time, at all of its doors together; of them one sender gets
 * at most a quarter. A body takes its part as its bytes arrive, so that a promise of many bytes costs nobody anything.
 */
public final class BodyBudget {

    /** When it is worth another try to send a body that was too much. */
    public static final long RETRY_SECONDS = 5;

    private static final int SENDERS = 4;

    private final long limit;
    private final Map<String, Long> senders = new HashMap<>();
    private long taken;

    /** Makes a budget of that many bytes. */
    public BodyBudget(long limit) {
        this.limit = limit;
    }

    /** Begins to count what a sender sends; nothing is taken yet. */
    public Share share(String address) {
        return new Share(ClientAddresses.party(address));
    }

    /** How many bytes are taken now. */
    public synchronized long taken() {
        return taken;
    }

    private synchronized boolean take(String sender, long bytes) {
        long own = senders.getOrDefault(sender, 0L) + bytes;
        if (taken + bytes > limit || own > limit / SENDERS) {
            return false;
        }
        taken += bytes;
        senders.put(sender, own);
        return true;
    }

    private synchronized void give(String sender, long bytes) {
        taken -= bytes;
        senders.computeIfPresent(sender, (any, own) -> own == bytes ? null : own - bytes);
    }

    /** What one body has taken. */
    public final class Share implements AutoCloseable {

        private final String sender;
        private long own;
        private boolean closed;

        private Share(String sender) {
            this.sender = sender;
        }

        /** Takes bytes; false where the budget or the sender's part of it does not allow them. */
        public synchronized boolean take(long bytes) {
            if (closed || !BodyBudget.this.take(sender, bytes)) {
                return false;
            }
            own += bytes;
            return true;
        }

        /** Gives bytes back before the end. */
        synchronized void give(long bytes) {
            if (!closed) {
                own -= bytes;
                BodyBudget.this.give(sender, bytes);
            }
        }

        /** Gives all back. */
        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                if (own > 0) {
                    BodyBudget.this.give(sender, own);
                }
            }
        }
    }
}
