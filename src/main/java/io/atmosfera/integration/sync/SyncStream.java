package io.atmosfera.integration.sync;

/** A stream of a sync that is to be crawled. Getters in the bean style, for routes and SQL. */
public final class SyncStream {

    private final String scope;
    private final String stream;
    private boolean answered;

    SyncStream(String scope, String stream) {
        this.scope = scope;
        this.stream = stream;
    }

    /** Whose stream it is; empty for a source without scopes. */
    public String getScope() {
        return scope;
    }

    public String getStream() {
        return stream;
    }

    /** Whether anything that was asked for it was given. */
    public boolean isAnswered() {
        return answered;
    }

    /** Notes that an answer came. */
    void answer() {
        answered = true;
    }
}
