package io.atmosfera.integration.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the {@code .gitattributes} of a repository say by Linguist's attributes: which files are generated, vendored or documents. */
final class GitAttributes {

    static final String FILE = ".gitattributes";

    private static final int MOST_RULES = 200;
    private static final int MOST_OF_ALL = 1000;

    /** Linguist's attributes, and the kind of file that each makes. */
    private static final Map<String, String> KINDS = Map.of(
            "linguist-generated", ContentMarks.GENERATED,
            "linguist-vendored", ContentMarks.VENDORED,
            "linguist-documentation", PathFacts.OTHER);

    /**
     * One attribute of a pattern.
     *
     * @param pattern of paths, relative to the folder of the file that it stands in
     * @param kind    that it is about
     * @param set     whether files are of that kind; else they are not, whatever is said elsewhere
     */
    record Rule(String pattern, String kind, boolean set) {}

    private record Placed(String folder, Pattern paths, Rule rule) {

        boolean matches(String path) {
            return path.startsWith(folder) && paths.matcher(path).matches();
        }
    }

    /** Those of the root first: what stands nearer to a file, or later, counts. */
    private final List<Placed> rules = new ArrayList<>();

    /** By the paths of the files. */
    GitAttributes(Map<String, List<Rule>> byPath) {
        byPath.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparingInt(String::length)))
                .forEach(file -> file.getValue().forEach(rule -> add(Paths.folder(file.getKey()), rule)));
    }

    /** The rules of a file that are about kinds of files, in their order. */
    static List<Rule> read(String text) {
        List<Rule> rules = new ArrayList<>();
        for (String line : text.split("\n")) {
            String bare = line.strip();
            if (bare.isEmpty() || bare.startsWith("#") || bare.startsWith("[attr]") || bare.startsWith("!")) {
                continue;
            }
            int end = bare.startsWith("\"") ? bare.indexOf('"', 1) : end(bare);
            if (end < 0) {
                continue;
            }
            String pattern = bare.startsWith("\"") ? bare.substring(1, end) : bare.substring(0, end);
            for (String attribute :
                    bare.substring(Math.min(end + 1, bare.length())).strip().split("\\s+")) {
                Rule rule = rule(pattern, attribute);
                if (rule != null && rules.size() < MOST_RULES) {
                    rules.add(rule);
                }
            }
        }
        return rules;
    }

    private static int end(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (Character.isWhitespace(line.charAt(i))) {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable Rule rule(String pattern, String attribute) {
        boolean not = attribute.startsWith("-") || attribute.endsWith("=false") || attribute.endsWith("=0");
        String kind = KINDS.get(attribute.replaceFirst("^[-!]", "").replaceFirst("=.*$", ""));
        // An exclamation mark says that nothing is said, as if there were no rule: that is rare enough to be left out.
        return kind == null || attribute.startsWith("!") ? null : new Rule(pattern, kind, !not);
    }

    private void add(String folder, Rule rule) {
        String pattern = rule.pattern();
        boolean anywhere = pattern.indexOf('/') < 0;
        String below = folder.isEmpty() ? "" : folder + '/';
        Pattern paths = pattern.endsWith("/")
                ? null
                : Globs.pattern(
                        (anywhere ? "**/" : "") + pattern.replaceFirst("^/", "").replace("{", "\\{"), below);
        if (paths != null && rules.size() < MOST_OF_ALL) {
            rules.add(new Placed(below, paths, rule));
        }
    }

    /** Whether anything is said at all. */
    boolean isEmpty() {
        return rules.isEmpty();
    }

    /**
     * What kind of file a path is said to be.
     *
     * @param kind what it is taken for so far
     * @return the kind; empty where it is said not to be what it is taken for, and null where nothing is said
     */
    @Nullable
    String kind(String path, String kind) {
        String found = null;
        for (Placed placed : rules) {
            Rule rule = placed.rule();
            boolean matters = rule.set() || rule.kind().equals(found == null || found.isEmpty() ? kind : found);
            if (matters && placed.matches(path)) {
                found = rule.set() ? rule.kind() : "";
            }
        }
        return found;
    }
}
