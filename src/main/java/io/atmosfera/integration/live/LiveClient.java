package io.atmosfera.integration.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.websocket.api.Frame;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One socket. Messages wait in its buffer until the socket takes them, so no sender ever waits for it; when the buffer
 * is full it is dropped, and the client gets a resync once it takes messages again. What the client sends is not looked at.
 * Public since Jetty calls it by reflection.
 */
public final class LiveClient implements Session.Listener.AutoDemanding {

    private static final Logger LOG = LoggerFactory.getLogger(LiveClient.class);

    /** Our messages are smaller, as PostgreSQL's notifications are; a client's may not be larger. */
    private static final long LARGEST_FRAME = 8L * 1024;

    /** Between two heartbeats; one pong for each is what a client sends. */
    private static final int MOST_FRAMES = 200;

    /** Frames that are handed to the socket at once. */
    private static final int BATCH = 64;

    /** A token that is good for so many milliseconds never expires. */
    private static final long LONG = Long.MAX_VALUE / 4;

    private final long tokenId;
    private final @Nullable Long projectId;
    private final int limit;
    private final long expires;
    private final LiveUpdates updates;

    private final Deque<LiveMessage> buffer = new ArrayDeque<>();
    private boolean missed; // under the buffer's lock

    private final Writer writer = new Writer();
    private final AtomicInteger frames = new AtomicInteger();
    private volatile long heard = System.nanoTime();
    private volatile @Nullable Session session;

    /**
     * @param tokenId   the token that it came with
     * @param projectId the project that it follows; null for all
     * @param limit     messages that may wait
     * @param millis    for how long the token is good
     */
    LiveClient(long tokenId, @Nullable Long projectId, int limit, long millis, LiveUpdates updates) {
        this.tokenId = tokenId;
        this.projectId = projectId;
        this.limit = limit;
        this.expires = millis > LONG ? Long.MAX_VALUE : System.currentTimeMillis() + millis;
        this.updates = updates;
    }

    long tokenId() {
        return tokenId;
    }

    @Nullable
    Long projectId() {
        return projectId;
    }

    /** Whether the token has expired. */
    boolean hasExpired() {
        return System.currentTimeMillis() >= expires;
    }

    /** Puts a message into the buffer where the client follows its project; {@link #write} sends it. */
    void offer(LiveMessage message) {
        if (projectId != null && message.projectId() != null && !projectId.equals(message.projectId())) {
            return;
        }
        synchronized (buffer) {
            if (buffer.size() >= limit) {
                miss();
            } else if (!missed) {
                buffer.add(message);
            }
        }
    }

    /** Drops what waits and sends the client a resync: it has to fetch everything again. */
    void miss() {
        synchronized (buffer) {
            buffer.clear();
            missed = true;
        }
    }

    /** Sends what waits, as far as the socket takes it; the rest follows by itself. */
    void write() {
        writer.iterate();
    }

    /** Asks for a sign of life; without one for that long the client is dead. */
    void ping(long silenceNanos) {
        frames.set(0);
        Session open = session;
        if (open == null) {
            return;
        }
        if (System.nanoTime() - heard > silenceNanos) {
            LOG.debug("A client is taken for dead");
            open.disconnect();
        } else {
            core(open).sendFrame(new org.eclipse.jetty.websocket.core.Frame(OpCode.PING), Callback.NOOP, false);
        }
    }

    /** Ends the socket, with the reason as the client sees it. */
    void end(int status, String reason) {
        Session open = session;
        if (open != null) {
            open.close(status, reason, org.eclipse.jetty.websocket.api.Callback.NOOP);
        }
    }

    @Override
    public void onWebSocketOpen(Session opened) {
        opened.setMaxFrameSize(LARGEST_FRAME);
        opened.setAutoFragment(false); // else a larger one would be taken in pieces
        session = opened;
        updates.join(this);
    }

    @Override
    public void onWebSocketFrame(Frame frame, org.eclipse.jetty.websocket.api.Callback callback) {
        heard = System.nanoTime();
        if (frames.incrementAndGet() == MOST_FRAMES) {
            end(StatusCode.POLICY_VIOLATION, "Nothing is to be sent here");
        }
        callback.succeed();
    }

    @Override
    public void onWebSocketClose(int status, String reason) {
        updates.leave(this);
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        LOG.debug("A socket failed: {}", cause.toString());
        updates.leave(this);
    }

    private List<LiveMessage> take() {
        synchronized (buffer) {
            if (missed) {
                missed = false;
                updates.countResync();
                return List.of(LiveMessage.resync(projectId));
            }
            List<LiveMessage> taken = new ArrayList<>(Math.min(buffer.size(), BATCH));
            while (!buffer.isEmpty() && taken.size() < BATCH) {
                taken.add(buffer.remove());
            }
            return taken;
        }
    }

    /** Jetty's own session takes bytes as they are; that of its API would make each text into bytes once a client. */
    private static CoreSession core(Session session) {
        return ((WebSocketSession) session).getCoreSession();
    }

    /** Writes batch after batch, on whatever thread it is: that of {@link #write}, or of the socket when it has space. */
    private final class Writer extends IteratingCallback {

        @Override
        protected Action process() {
            Session open = session;
            List<LiveMessage> batch = open == null ? List.of() : take();
            if (open == null || batch.isEmpty()) {
                return Action.IDLE;
            }
            CoreSession socket = core(open);
            int last = batch.size() - 1;
            for (LiveMessage message : batch.subList(0, last)) {
                socket.sendFrame(frame(message), Callback.NOOP, true);
            }
            updates.countSent(batch.size());
            socket.sendFrame(frame(batch.get(last)), this, false);
            return Action.SCHEDULED;
        }

        @Override
        protected void onCompleteFailure(Throwable cause) {
            LOG.debug("A socket takes nothing any more: {}", cause.toString());
            updates.leave(LiveClient.this);
        }

        private static org.eclipse.jetty.websocket.core.Frame frame(LiveMessage message) {
            return new org.eclipse.jetty.websocket.core.Frame(OpCode.TEXT, message.payload());
        }
    }
}
