package io.atmosfera.integration.jira;

import java.util.ArrayList;
import java.util.List;

/** The look at each ticket that a full walk did not bring: what it found so far. */
public final class Census {

    private final long[] jiraIds;
    private final String[] jiraKeys;
    private final List<Long> gone = new ArrayList<>();
    private final List<Long> outOfScope = new ArrayList<>();
    private final List<byte[]> moved = new ArrayList<>();
    private int at;

    private final long askedMs;

    Census(long[] jiraIds, String[] jiraKeys, long askedMs) {
        this.askedMs = askedMs;
        this.jiraIds = jiraIds;
        this.jiraKeys = jiraKeys;
    }

    public boolean getMore() {
        return at < jiraIds.length;
    }

    /** When the first of its questions went out, in epoch milliseconds. */
    long askedMs() {
        return askedMs;
    }

    long jiraId() {
        return jiraIds[at];
    }

    String jiraKey() {
        return jiraKeys[at];
    }

    void isGone() {
        gone.add(jiraIds[at++]);
    }

    void isOutOfScope() {
        outOfScope.add(jiraIds[at++]);
    }

    void isMoved(byte[] issue) {
        moved.add(issue);
        at++;
    }

    /** Jira has it where it always was; only its search index does not know. */
    void isThere() {
        at++;
    }

    public boolean getHasMoved() {
        return !moved.isEmpty();
    }

    List<byte[]> moved() {
        return moved;
    }

    public boolean getHasGone() {
        return goneCount() > 0;
    }

    int goneCount() {
        return gone.size() + outOfScope.size();
    }

    public Long[] getGone() {
        return gone.toArray(Long[]::new);
    }

    public Long[] getOutOfScope() {
        return outOfScope.toArray(Long[]::new);
    }
}
