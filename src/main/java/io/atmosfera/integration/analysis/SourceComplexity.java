package io.atmosfera.integration.analysis;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** How hard the sources of a repository are to follow, language by language, and where it hurts most. */
final class SourceComplexity {

    private static final String PARSED = "parsed";
    private static final String ESTIMATED = "estimated";
    private static final int MOST = 20;

    /** What makes a whole score: as much as few files have, so that a score means the same in all repositories. */
    private static final double MUCH_COMPLEXITY = 150;

    private static final double MUCH_IN_A_FUNCTION = 25;
    private static final double MANY_LINES = 800;
    private static final double MANY_BYTES = 40_000;
    private static final double DEEP_NESTING = 8;
    private static final double MANY_CHANGES = 20;

    private final boolean deep;
    private final boolean changesKnown;
    private final Map<String, Sums> languages = new TreeMap<>();
    private final Largest<FileRow> hotspots = new Largest<>(
            MOST,
            Comparator.comparingInt(SourceComplexity::score)
                    .thenComparingLong(FileRow::size)
                    .thenComparing(FileRow::path, Comparator.reverseOrder()));

    private static final class Sums {
        private int files;
        private int read;
        private int parsed;
        private long bytes;
        private long lines;
        private long functions;
        private long complexity;
        private int max;
        private int nesting;

        void add(FileRow file) {
            files++;
            bytes += file.size();
            read += file.isRead() ? 1 : 0;
            lines += file.lines();
            nesting = Math.max(nesting, file.nesting());
            if (file.isParsed()) {
                parsed++;
                functions += file.functions();
                complexity += file.complexity();
                max = Math.max(max, file.maxComplexity());
            }
        }
    }

    /** changesKnown: whether it was read which files commits changed. */
    SourceComplexity(boolean deep, boolean changesKnown) {
        this.deep = deep;
        this.changesKnown = changesKnown;
    }

    void add(FileRow source) {
        languages
                .computeIfAbsent(String.valueOf(source.language()), any -> new Sums())
                .add(source);
        hotspots.add(source);
    }

    private static int score(FileRow file) {
        double complexity = file.isParsed()
                ? (part(file.maxComplexity(), MUCH_IN_A_FUNCTION) + part(file.complexity(), MUCH_COMPLEXITY)) / 2
                : file.isRead()
                        ? 0.7 * part(file.lines(), MANY_LINES) + 0.3 * part(file.nesting(), DEEP_NESTING)
                        : part((double) file.size(), MANY_BYTES);
        return (int) Math.round(100 * (0.6 * complexity + 0.4 * part(file.changes(), MANY_CHANGES)));
    }

    private static double part(double of, double whole) {
        return Math.min(1, of / whole);
    }

    ObjectNode node(ObjectMapper json) {
        ObjectNode node = json.createObjectNode();
        int files = languages.values().stream().mapToInt(sums -> sums.files).sum();
        int parsed = languages.values().stream().mapToInt(sums -> sums.parsed).sum();
        int read = languages.values().stream().mapToInt(sums -> sums.read).sum();
        node.put("method", parsed == 0 ? ESTIMATED : parsed == files ? PARSED : "mixed");
        node.put("why", why(files, parsed, read));
        ArrayNode byLanguage = node.putArray("byLanguage");
        languages.forEach((language, sums) -> put(byLanguage.addObject(), language, sums));
        ArrayNode array = node.putArray("hotspots");
        for (FileRow file : hotspots.list()) {
            put(array.addObject(), file);
        }
        return node;
    }

    private String why(int files, int parsed, int read) {
        if (files == 0) {
            return "There are no sources.";
        }
        if (!deep) {
            return "A shallow analysis reads no files: they are judged by size and by how often they change.";
        }
        return read + " of " + files + " sources were read so far, " + parsed
                + " of them parsed; the others are judged by size, nesting and changes.";
    }

    private void put(ObjectNode node, String language, Sums sums) {
        boolean isParsed = sums.parsed > 0;
        node.put("language", language)
                .put("method", isParsed ? PARSED : ESTIMATED)
                .put("why", why(language, sums))
                .put("files", sums.files)
                .put("filesRead", sums.read)
                .put("bytes", sums.bytes);
        if (sums.read > 0) {
            node.put("lines", sums.lines);
        }
        if (isParsed) {
            node.put("functions", sums.functions)
                    .put(
                            "averageComplexity",
                            sums.functions == 0 ? 0 : rounded((double) sums.complexity, (double) sums.functions))
                    .put("maxComplexity", sums.max);
        }
        if (sums.read > 0) {
            node.put("maxNesting", sums.nesting);
        }
    }

    private String why(String language, Sums sums) {
        if (sums.parsed > 0) {
            return "Cyclomatic complexity of each method of " + sums.parsed + " of " + sums.files + " files.";
        }
        if (sums.read > 0) {
            return "By lines and nesting of " + sums.read + " of " + sums.files + " files; no parser of " + language
                    + (language.equals("Java") ? " could read them." : " is used here.");
        }
        return deep
                ? "By size and changes: no file was read yet."
                : "By size and changes: a shallow analysis reads no files.";
    }

    private static double rounded(double number, double by) {
        return Math.round(100 * number / by) / 100.0;
    }

    private void put(ObjectNode node, FileRow file) {
        node.put("path", file.path())
                .put("language", file.language())
                .put("method", file.isParsed() ? PARSED : ESTIMATED)
                .put("bytes", file.size());
        if (file.isRead()) {
            node.put("lines", file.lines());
        }
        if (file.isParsed()) {
            node.put("complexity", file.complexity());
        }
        if (file.isRead()) {
            node.put("nesting", file.nesting());
        }
        if (changesKnown) {
            node.put("changes", file.changes());
        }
        node.put("score", score(file));
    }
}
