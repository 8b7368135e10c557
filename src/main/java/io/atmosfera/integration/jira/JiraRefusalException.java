package io.atmosfera.integration.jira;

import io.atmosfera.integration.http.Problem;
import org.springframework.http.HttpStatus;

/** Jira will not give it however often it is asked; only a person can change that. */
public class JiraRefusalException extends JiraException {

    /** What kind of refusal, for what follows from it. */
    public enum Reason {
        /** The credential is refused, expired or locked: the whole connection is unusable. */
        AUTHENTICATION,
        /** The credential is good but not for this. */
        PERMISSION,
        /** The item does not exist, or the credential may not see it. */
        NOT_FOUND,
        /** The API was removed (410). */
        GONE,
        /** The request itself is refused, for example a JQL that does not parse. */
        BAD_REQUEST,
        /** There is something else than Jira at the address. */
        NOT_JIRA
    }

    private final Reason reason;
    private final boolean doubtful;

    JiraRefusalException(Reason reason, String message) {
        this(reason, message, false);
    }

    /**
     * A refusal.
     *
     * @param doubtful whether Jira may have taken the account for a stranger: the answer does not say
     */
    JiraRefusalException(Reason reason, String message, boolean doubtful) {
        super(Problem.of(status(reason), message));
        this.reason = reason;
        this.doubtful = doubtful;
    }

    private static HttpStatus status(Reason reason) {
        return switch (reason) {
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case BAD_REQUEST -> HttpStatus.BAD_REQUEST;
            default -> HttpStatus.BAD_GATEWAY;
        };
    }

    public Reason reason() {
        return reason;
    }

    /** Whether it says nothing before it is known that Jira knows the account. */
    boolean isDoubtful() {
        return doubtful;
    }
}
