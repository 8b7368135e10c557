package io.atmosfera.integration.outbound;

import io.atmosfera.integration.http.Problem;
import org.springframework.http.HttpStatus;

/**
 * A call to another system that was answered by anything but what was asked for. Its subclasses are the classes of failure that
 * call for different action.
 */
public abstract class CallException extends RemoteException {

    /** What kind of failure, for what follows from it. */
    public enum Reason {
        /** The credential is refused, expired or locked: the whole connection is unusable. */
        AUTHENTICATION,
        /** The credential is good but not for this. */
        PERMISSION,
        /** It does not exist, or the credential may not see it. */
        NOT_FOUND,
        /** The API was removed (410). */
        GONE,
        /** There is something else than the system's API at the address. */
        NOT_THE_API,
        /** A list goes on where the credential must not be sent. */
        ELSEWHERE,
        /** The request itself is refused, for example a JQL that does not parse. */
        BAD_REQUEST,
        /** The mapping does not give what can be stored. */
        MAPPING,
        /** The other system asks to wait. */
        RATE_LIMIT,
        /** May be gone the next time. */
        TRANSIENT
    }

    private final Reason reason;

    CallException(Reason reason, Problem problem) {
        super(problem);
        this.reason = reason;
    }

    static HttpStatus status(Reason reason) {
        return switch (reason) {
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case BAD_REQUEST -> HttpStatus.BAD_REQUEST;
            case RATE_LIMIT, TRANSIENT -> HttpStatus.SERVICE_UNAVAILABLE;
            default -> HttpStatus.BAD_GATEWAY;
        };
    }

    public Reason reason() {
        return reason;
    }
}
