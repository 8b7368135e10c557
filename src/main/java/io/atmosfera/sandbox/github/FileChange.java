package io.atmosfera.sandbox.github;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a commit did to a file.
 *
 * @param before its text; null where it is new
 * @param after its text; null where it was removed
 */
record FileChange(String path, @Nullable String before, @Nullable String after) {

    /** Lines added and removed. */
    record Figures(int additions, int deletions) {}

    String status() {
        return before == null ? "added" : after == null ? "removed" : "modified";
    }

    /** Of the lines between the first and the last that differ, which is what most edits are. */
    Figures figures() {
        List<String> old = lines(before);
        List<String> now = lines(after);
        int same = 0;
        int most = Math.min(old.size(), now.size());
        while (same < most && old.get(same).equals(now.get(same))) {
            same++;
        }
        int tail = 0;
        while (tail < most - same && old.get(old.size() - 1 - tail).equals(now.get(now.size() - 1 - tail))) {
            tail++;
        }
        return new Figures(now.size() - same - tail, old.size() - same - tail);
    }

    private static List<String> lines(@Nullable String text) {
        return text == null || text.isEmpty() ? List.of() : Arrays.asList(text.split("\n"));
    }
}
