package io.atmosfera.integration.analysis;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The frameworks that a repository is built on, by what it depends on and by files that only they have. */
final class Frameworks {

    private static final List<String[]> KNOWN = DataFile.rows("frameworks.tsv");
    private static final String IN_ANY_SCOPE = "any-scope";

    private final Map<String, String> found = new LinkedHashMap<>();

    /** Takes notice of what a product depends on. */
    void dependency(String name) {
        recognise("dependency", name, name, false);
    }

    /** Takes notice of what only tests or the development depend on: of most frameworks that makes nothing. */
    void testDependency(String name) {
        recognise("dependency", name, name, true);
    }

    void file(String path) {
        recognise("file", Paths.name(path), path, false);
    }

    private void recognise(String kind, String text, String from, boolean ofTests) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String[] row : KNOWN) {
            String begins = row[1].toLowerCase(Locale.ROOT);
            boolean counts = !ofTests || (row.length > 3 && row[3].equals(IN_ANY_SCOPE));
            if (counts && row[0].equals(kind) && lower.startsWith(begins) && endsAt(lower, begins)) {
                found.putIfAbsent(row[2], from);
            }
        }
    }

    /** org.hibernate is in org.hibernate.orm:core, but react is not in react-dom. */
    private static boolean endsAt(String text, String begins) {
        return text.length() == begins.length()
                || ":/.".indexOf(begins.charAt(begins.length() - 1)) >= 0
                || ":/.".indexOf(text.charAt(begins.length())) >= 0;
    }

    void put(ArrayNode node) {
        found.forEach((name, from) -> node.addObject().put("name", name).put("from", from));
    }
}
