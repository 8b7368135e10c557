package io.atmosfera.integration.outbound;

import io.atmosfera.integration.http.Problem;

/** The other system will not give it however often it is asked; only a person can change that. */
public class RefusedException extends CallException {

    private final String said;
    private final boolean doubtful;

    public RefusedException(Reason reason, String message) {
        this(reason, message, "", false);
    }

    private RefusedException(Reason reason, String message, String said, boolean doubtful) {
        super(reason, Problem.of(status(reason), message));
        this.said = said;
        this.doubtful = doubtful;
    }

    /** A refusal of which it matters what the other system said itself. */
    public static RefusedException saying(Reason reason, String message, String said) {
        return new RefusedException(reason, message, said, false);
    }

    /** A refusal that says nothing before it is known that the other system knows the account: it may have taken it for a stranger. */
    public static RefusedException doubtful(Reason reason, String message) {
        return new RefusedException(reason, message, "", true);
    }

    /** The other system's own words, where they matter; else empty. */
    public String said() {
        return said;
    }

    public boolean isDoubtful() {
        return doubtful;
    }
}
