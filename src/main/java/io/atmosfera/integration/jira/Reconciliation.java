package io.atmosfera.integration.jira;

import java.util.ArrayList;
import java.util.List;

/** The look at each ticket that a full crawl did not bring: what it found so far. */
public final class Reconciliation {

    private final long[] jiraIds;
    private final String[] jiraKeys;
    private final List<Long> gone = new ArrayList<>();
    private final List<Long> outOfScope = new ArrayList<>();
    private final List<Long> left = new ArrayList<>();
    private final List<byte[]> moved = new ArrayList<>();
    private int at;
    private int lost;

    private final long askedMs;

    /** How many of the issues are tickets; those behind them were quarantined. */
    private final int tickets;

    /** How many tickets are of a site that the connection no longer leads to. */
    private final int elsewhere;

    Reconciliation(long[] jiraIds, String[] jiraKeys, long askedMs, int tickets, int elsewhere) {
        this.tickets = tickets;
        this.elsewhere = elsewhere;
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
        isLost(gone);
    }

    void isOutOfScope() {
        isLost(outOfScope);
    }

    /** Another project has it now, under another key, which is stored. */
    void hasLeft(byte[] issue) {
        if (isTicket()) {
            moved.add(issue);
        }
        isLost(left);
    }

    private void isLost(List<Long> kind) {
        lost += isTicket() ? 1 : 0;
        kind.add(jiraIds[at++]);
    }

    private boolean isTicket() {
        return at < tickets;
    }

    /** It is in the scope, and is to be stored as it is now. */
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
        return elsewhere > 0 || !gone.isEmpty() || !left.isEmpty() || !outOfScope.isEmpty();
    }

    /** How many tickets are no longer reached. */
    int goneCount() {
        return lost + elsewhere;
    }

    public Long[] getLeft() {
        return left.toArray(Long[]::new);
    }

    public Long[] getGone() {
        return gone.toArray(Long[]::new);
    }

    public Long[] getOutOfScope() {
        return outOfScope.toArray(Long[]::new);
    }
}
