package io.atmosfera.integration.github;

import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.outbound.RemoteException;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/** GitHub did not give what was asked for. */
public class GitHubException extends RemoteException {

    /** What kind of failure, for what follows from it. */
    public enum Reason {
        /** The token is refused: the whole connection is unusable. */
        AUTHENTICATION,
        /** The token is good but not for this. */
        PERMISSION,
        /** It does not exist, or the token may not see it; GitHub does not say which. */
        NOT_FOUND,
        /** GitHub asks to wait. */
        RATE_LIMIT,
        /** There is something else than GitHub's API at the address. */
        NOT_GITHUB,
        /** A list goes on where the credential must not be sent. */
        ELSEWHERE,
        /** The request itself is refused. */
        BAD_REQUEST,
        /** May be gone the next time. */
        TRANSIENT
    }

    private final Reason reason;
    private final String said;

    GitHubException(Reason reason, String message) {
        this(reason, message, "");
    }

    /** One of which it matters what GitHub said itself. */
    GitHubException(Reason reason, String message, String said) {
        super(Problem.of(status(reason), message));
        this.reason = reason;
        this.said = said;
    }

    /** A call that came too soon; the next one makes sense after a while. */
    GitHubException(String message, Duration wait) {
        super(Problem.of(HttpStatus.SERVICE_UNAVAILABLE, message)
                .retryAfter(Math.max(1, (wait.toMillis() + 999) / 1000)));
        this.reason = Reason.RATE_LIMIT;
        this.said = "";
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

    /** GitHub's own words, where they matter; else empty. */
    String said() {
        return said;
    }

    @Override
    public boolean mayPass() {
        return reason == Reason.TRANSIENT;
    }
}
