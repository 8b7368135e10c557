package io.atmosfera.integration.source;

import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.outbound.RemoteException;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/** A source did not give what was asked for. */
public class RestException extends RemoteException {

    /** What kind of failure, for what follows from it. */
    public enum Reason {
        /** The token is refused: the whole connection is unusable. */
        AUTHENTICATION,
        /** The token is good but not for this. */
        PERMISSION,
        /** It does not exist, or the token may not see it. */
        NOT_FOUND,
        /** The source asks to wait. */
        RATE_LIMIT,
        /** There is something else than the source's API at the address. */
        NOT_THE_API,
        /** The request itself is refused. */
        BAD_REQUEST,
        /** The mapping does not give what can be stored. */
        MAPPING,
        /** May be gone the next time. */
        TRANSIENT
    }

    private final Reason reason;

    RestException(Reason reason, String message) {
        super(Problem.of(status(reason), message));
        this.reason = reason;
    }

    /** A call that came too soon; the next one makes sense after a while. */
    RestException(String message, Duration wait) {
        super(Problem.of(HttpStatus.SERVICE_UNAVAILABLE, message)
                .retryAfter(Math.max(1, (wait.toMillis() + 999) / 1000)));
        this.reason = Reason.RATE_LIMIT;
    }

    private static HttpStatus status(Reason reason) {
        return switch (reason) {
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case BAD_REQUEST -> HttpStatus.BAD_REQUEST;
            case TRANSIENT -> HttpStatus.SERVICE_UNAVAILABLE;
            default -> HttpStatus.BAD_GATEWAY;
        };
    }

    public Reason reason() {
        return reason;
    }

    @Override
    public boolean mayPass() {
        return reason == Reason.TRANSIENT;
    }
}
