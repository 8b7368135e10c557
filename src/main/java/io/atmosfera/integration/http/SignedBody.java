package io.atmosfera.integration.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.springframework.http.HttpStatus;

/** Reads the body of a request as it comes, never more than is allowed, and without a thread that waits for it. */
class SignedBody {

    private static final int FIRST_BYTES = 16 * 1024;

    /** A client that is still sending when the connection ends sees a broken one and never learns why. */
    private static final long MOST_READ_IN_VAIN = 64L * 1024 * 1024;

    private final Request request;
    private final int limit;
    private final Duration slowest;
    private final AtomicBoolean over = new AtomicBoolean();
    private final ByteArrayOutputStream bytes;
    private long length;

    SignedBody(Request request, int limit, Duration slowest) {
        this.request = request;
        this.limit = limit;
        this.slowest = slowest;
        int declared = (int) Math.min(Math.max(request.getLength(), 0), FIRST_BYTES * 4L);
        this.bytes = new ByteArrayOutputStream(Math.max(declared, 64));
    }

    /** Reads it all; one of the two is called, once. */
    void read(Consumer<byte[]> whole, Consumer<Problem> refused) {
        if (request.getLength() > limit + MOST_READ_IN_VAIN) {
            refused.accept(tooLarge());
            return;
        }
        Scheduler.Task timer = request.getComponents()
                .getScheduler()
                .schedule(
                        () -> end(
                                null,
                                () -> refused.accept(
                                        Problem.of(HttpStatus.REQUEST_TIMEOUT, "The body did not come in time."))),
                        slowest.toMillis(),
                        TimeUnit.MILLISECONDS);
        next(whole, refused, timer);
    }

    private void next(Consumer<byte[]> whole, Consumer<Problem> refused, Scheduler.Task timer) {
        while (!over.get()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(() -> next(whole, refused, timer));
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                end(timer, () -> refused.accept(Problem.of(HttpStatus.BAD_REQUEST, "The body is cut or garbled.")));
                return;
            }
            keep(chunk.getByteBuffer());
            boolean last = chunk.isLast();
            chunk.release();
            if (last || length > limit + MOST_READ_IN_VAIN) {
                end(timer, () -> {
                    if (length > limit) {
                        refused.accept(tooLarge());
                    } else {
                        whole.accept(bytes.toByteArray());
                    }
                });
                return;
            }
        }
    }

    private void end(Scheduler.@org.jspecify.annotations.Nullable Task timer, Runnable answer) {
        if (timer != null) {
            timer.cancel();
        }
        if (over.compareAndSet(false, true)) {
            answer.run();
        }
    }

    private void keep(ByteBuffer part) {
        length += part.remaining();
        if (length <= limit) {
            byte[] copy = new byte[part.remaining()];
            part.get(copy);
            bytes.writeBytes(copy);
        } else {
            bytes.reset();
        }
    }

    private Problem tooLarge() {
        return Problem.of(HttpStatus.PAYLOAD_TOO_LARGE, "The body is larger than the " + limit + " bytes allowed.");
    }
}
