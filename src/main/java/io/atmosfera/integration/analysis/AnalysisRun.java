package io.atmosfera.integration.analysis;

import org.jspecify.annotations.Nullable;

/** One analysis while it is made. Getters in the bean style, for routes and SQL. */
public final class AnalysisRun {

    private final String depth;
    private final @Nullable String languagesEtag;
    private final @Nullable String filesOf;
    private final @Nullable String fingerprint;
    private final boolean rulesAreNew;
    private @Nullable String head;
    private int left;

    /**
     * What an analysis begins with.
     *
     * @param head          the head of the default branch as it is stored; null where nobody has seen it
     * @param languagesEtag of the languages that are stored; null where they are to be asked for as if none were
     * @param filesOf       the commit whose files are stored
     * @param fingerprint   of what the stored analysis was made of
     */
    record Known(
            @Nullable String head,
            @Nullable String languagesEtag,
            @Nullable String filesOf,
            @Nullable String fingerprint) {}

    AnalysisRun(Known known, String depth, boolean rulesAreNew, int left) {
        this.head = known.head();
        this.languagesEtag = known.languagesEtag();
        this.filesOf = known.filesOf();
        this.fingerprint = known.fingerprint();
        this.depth = depth;
        this.rulesAreNew = rulesAreNew;
        this.left = left;
    }

    /** The commit to analyse; null where it is not known, or nothing was committed yet. */
    public @Nullable String getHead() {
        return head;
    }

    void setHead(@Nullable String head) {
        this.head = head;
    }

    /** shallow or deep. */
    public String getDepth() {
        return depth;
    }

    public boolean isDeep() {
        return depth.equals("deep");
    }

    public @Nullable String getLanguagesEtag() {
        return languagesEtag;
    }

    /** Whether the files of the commit have to be asked for. */
    public boolean isTreeWanted() {
        return head != null && (rulesAreNew || !head.equals(filesOf));
    }

    /** How many files may still be read. */
    public int getLeft() {
        return left;
    }

    void read() {
        left--;
    }

    /** Whether an analysis made of this would be another than the stored one. */
    boolean differsFrom(String other) {
        return !other.equals(fingerprint);
    }
}
