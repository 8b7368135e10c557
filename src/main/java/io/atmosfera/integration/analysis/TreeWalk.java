package io.atmosfera.integration.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.atmosfera.integration.sync.StreamPage;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * How the names of all files of a commit are got: by one question, or where GitHub cuts its list off folder by folder. To the
 * sync it is a page of its stream, the last one. Getters in the bean style, for routes and SQL.
 */
public final class TreeWalk implements StreamPage {

    /** A tree to ask for: what its paths begin with, its name at GitHub, and whether all below it is wanted at once. */
    record Folder(String prefix, String sha, boolean recursive) {}

    private final long run;
    private final String commit;
    private final int most;
    private final Deque<Folder> folders = new ArrayDeque<>();
    private int requests;
    private long entries;
    private boolean truncated;

    TreeWalk(long run, String commit, int most) {
        this.run = run;
        this.commit = commit;
        this.most = most;
        folders.add(new Folder("", commit, true));
    }

    /** Names the entries of this walk among those of others. */
    public long getRun() {
        return run;
    }

    /** The commit whose files it names. */
    public String getCommit() {
        return commit;
    }

    public long getEntries() {
        return entries;
    }

    /** Whether some files may be missing. */
    public boolean isTruncated() {
        return truncated;
    }

    /** What is asked for next, below the address of all trees; null at the end. */
    public @Nullable String getAddress() {
        Folder folder = folders.peek();
        return folder == null ? null : folder.sha() + (folder.recursive() ? "?recursive=1" : "");
    }

    Folder folder() {
        return folders.element();
    }

    void stored(int number) {
        entries += number;
    }

    /** Goes on behind a tree that was read whole. */
    void done() {
        folders.remove();
        requests++;
    }

    /** Goes on level by level in a tree whose list was cut off. */
    void cutOff(Iterable<Folder> below) {
        Folder folder = folders.remove();
        requests++;
        if (folder.recursive() && requests < most) {
            folders.addFirst(new Folder(folder.prefix(), folder.sha(), false));
            return;
        }
        truncated = true;
        add(below);
    }

    /** Asks for folders, as far as that may cost. */
    void add(Iterable<Folder> below) {
        for (Folder folder : below) {
            if (requests + folders.size() < most) {
                folders.add(folder);
            } else {
                truncated = true;
            }
        }
    }

    @Override
    public JsonNode body() {
        return MissingNode.getInstance();
    }

    @Override
    public @Nullable String next() {
        return null;
    }

    @Override
    public @Nullable String etag() {
        return null;
    }

    @Override
    public boolean notModified() {
        return false;
    }
}
