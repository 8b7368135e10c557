package io.atmosfera.sandbox.github;

import java.time.Instant;
import java.util.List;

/**
 * A commit.
 *
 * @param number later ones have greater numbers
 * @param parents the SHAs; none for the first one, two for a merge
 * @param changes against the first parent
 */
record Commit(
        long number,
        String sha,
        List<String> parents,
        String message,
        Developer author,
        Instant at,
        List<FileChange> changes) {

    FileChange.Figures figures() {
        int additions = 0;
        int deletions = 0;
        for (FileChange change : changes) {
            FileChange.Figures figures = change.figures();
            additions += figures.additions();
            deletions += figures.deletions();
        }
        return new FileChange.Figures(additions, deletions);
    }

    String title() {
        return message.lines().findFirst().orElse("");
    }
}
