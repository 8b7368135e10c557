package io.atmosfera.integration.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Reads the body of a request as it comes, without a thread that waits for it: to keep it, or to throw it away because the
 * request was refused, for a client that is still sending when the connection ends never learns why.
 */
class SignedBody {

    /** More than this is not even read to be thrown away. */
    private static final long MOST_READ_IN_VAIN = 64L * 1024 * 1024;

    private final Request request;
    private final Duration slowest;
    private final AtomicBoolean over = new AtomicBoolean();
    private long length;

    SignedBody(Request request, Duration slowest) {
        this.request = request;
        this.slowest = slowest;
    }

    /** Whether what is refused has a body that is not worth reading to its end. */
    static boolean isPastReading(Request request, Problem problem) {
        return problem.status() == HttpStatus.REQUEST_TIMEOUT.value()
                || request.getLength() > MOST_READ_IN_VAIN
                // The client waits for a word before it sends anything, and the answer is that word.
                || request.getHeaders().contains("Expect");
    }

    /**
     * Keeps it.
     *
     * @param body    where to
     * @param limit   the most bytes
     * @param visitor sees the bytes first
     * @param whole   is called when all is there
     * @param refused is called where it is not to be had; of the two only one is called, once
     */
    void keep(ReceivedBody body, int limit, DoorKeeper.Visitor visitor, Runnable whole, Consumer<Problem> refused) {
        if (request.getLength() > limit) {
            refused.accept(tooLarge(limit));
            return;
        }
        Scheduler.Task timer =
                after(() -> refused.accept(Problem.of(HttpStatus.REQUEST_TIMEOUT, "The body did not come in time.")));
        next(
                bytes -> {
                    if (length > limit) {
                        end(timer, () -> refused.accept(tooLarge(limit)));
                        return;
                    }
                    visitor.brings(bytes.duplicate());
                    if (!body.add(bytes)) {
                        end(timer, () -> refused.accept(ReceivedBody.tooMuch()));
                    }
                },
                () -> end(timer, whole),
                () -> end(
                        timer,
                        () -> refused.accept(Problem.of(HttpStatus.BAD_REQUEST, "The body is cut or garbled."))));
    }

    /** Throws away what is left of it, for so long and so much as is reasonable, and goes on. */
    void discard(Runnable then) {
        Scheduler.Task timer = after(then);
        next(
                bytes -> {
                    if (length > MOST_READ_IN_VAIN) {
                        end(timer, then);
                    }
                },
                () -> end(timer, then),
                () -> end(timer, then));
    }

    private Scheduler.Task after(Runnable late) {
        return request.getComponents()
                .getScheduler()
                .schedule(() -> end(null, late), slowest.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void next(Consumer<ByteBuffer> reader, Runnable whole, Runnable broken) {
        while (!over.get()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(() -> next(reader, whole, broken));
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                broken.run();
                return;
            }
            length += chunk.remaining();
            boolean last = chunk.isLast();
            try {
                reader.accept(chunk.getByteBuffer());
            } finally {
                chunk.release();
            }
            if (last) {
                whole.run();
                return;
            }
        }
    }

    private void end(Scheduler.@Nullable Task timer, Runnable then) {
        if (timer != null) {
            timer.cancel();
        }
        if (over.compareAndSet(false, true)) {
            then.run();
        }
    }

    private static Problem tooLarge(int limit) {
        return Problem.of(HttpStatus.PAYLOAD_TOO_LARGE, "The body is larger than the " + limit + " bytes allowed.");
    }
}
