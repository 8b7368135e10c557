package io.atmosfera.integration.analysis;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code sql/github/analysis-files.sql}.
 *
 * @param tested  whether a test is called after it
 * @param method  how its content was looked at: parsed, estimated or unreadable; null where it was not
 * @param changes  commits that changed it
 * @param declared names that other files of its package may use; empty where it was not read
 */
record FileRow(
        String path,
        long size,
        String kind,
        @Nullable String language,
        boolean tested,
        @Nullable String method,
        int lines,
        int functions,
        int complexity,
        int maxComplexity,
        int nesting,
        int changes,
        List<String> declared) {

    static FileRow of(ResultSet row) throws SQLException {
        return new FileRow(
                row.getString("path"),
                row.getLong("size"),
                row.getString("kind"),
                row.getString("language"),
                row.getBoolean("tested"),
                row.getString("method"),
                row.getInt("lines"),
                row.getInt("functions"),
                row.getInt("complexity"),
                row.getInt("max_complexity"),
                row.getInt("nesting"),
                row.getInt("changes"),
                row.getArray("names") == null
                        ? List.of()
                        : List.of((String[]) row.getArray("names").getArray()));
    }

    boolean isSource() {
        return kind.equals(PathFacts.SOURCE);
    }

    boolean isTest() {
        return kind.equals(PathFacts.TEST);
    }

    /** Whether people here have not written it: a tool or another project has, or it was recorded. */
    boolean isLeftOut() {
        return PathFacts.LEFT_OUT.contains(kind);
    }

    boolean isParsed() {
        return "parsed".equals(method);
    }

    /** Whether anything is known of its content. */
    boolean isRead() {
        return isParsed() || "estimated".equals(method);
    }
}
