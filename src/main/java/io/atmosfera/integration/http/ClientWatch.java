package io.atmosfera.integration.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/**
 * Notices that the client of a request has hung up while it is answered, which Jetty would see only at the attempt to answer.
 * Only of requests whose body was read to its end: whoever reads a body reads from the same connection.
 */
final class ClientWatch implements AutoCloseable, Callback {

    private static final int FEW_BYTES = 1024;

    private final @Nullable AbstractEndPoint endPoint;
    private final Runnable gone;
    private boolean waiting;
    private boolean closed;

    private ClientWatch(@Nullable AbstractEndPoint endPoint, Runnable gone) {
        this.endPoint = endPoint;
        this.gone = gone;
    }

    /** A watch that has not begun. */
    static ClientWatch of(HttpServletRequest request, Runnable gone) {
        return new ClientWatch(endPoint(request), gone);
    }

    /**
     * Watches until it is closed. Only for a request that takes its time: the connection of one that is answered at once is
     * about to carry the next request.
     */
    synchronized void begin() {
        if (endPoint != null && !closed) {
            waiting = true;
            waiting = endPoint.tryFillInterested(this);
        }
    }

    private static @Nullable AbstractEndPoint endPoint(HttpServletRequest request) {
        ServletContextRequest received = ServletContextRequest.getServletContextRequest(request);
        if (hasBody(request) && !received.getHttpInput().isFinished()) {
            return null;
        }
        Connection connection = received.getConnectionMetaData().getConnection();
        return connection instanceof Connection.UpgradeTo
                        && connection.getEndPoint() instanceof AbstractEndPoint endPoint
                ? endPoint
                : null;
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null;
    }

    /** There is something to read: the end, or a request that was sent without waiting for this one's answer. */
    @Override
    public synchronized void succeeded() {
        if (!waiting || endPoint == null) {
            return;
        }
        waiting = false;
        try {
            ByteBuffer next = BufferUtil.allocate(FEW_BYTES);
            int read = endPoint.fill(next);
            if (read < 0) {
                gone.run();
            } else if (read > 0 && endPoint.getConnection() instanceof Connection.UpgradeTo connection) {
                connection.onUpgradeTo(next);
            }
        } catch (IOException broken) {
            gone.run();
        }
    }

    /** The connection broke, or the watch has ended. */
    @Override
    public void failed(Throwable failure) {
        if (!(failure instanceof CancellationException)) {
            gone.run();
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public synchronized void close() {
        boolean waits = waiting;
        waiting = false;
        closed = true;
        if (waits && endPoint != null) {
            endPoint.getFillInterest().onFail(new CancellationException());
        }
    }
}
