package io.atmosfera.integration.analysis;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Wildcards in paths, as Git and the tools of workspaces know them: {@code *}, {@code **}, {@code ?}, {@code [a-c]}, {@code {a,b}}. */
final class Globs {

    private static final int LONGEST = 200;
    private static final int MOST_WILDCARDS = 8;

    private Globs() {}

    /** The paths that a glob means; null where it is longer or wilder than anybody writes. */
    static @Nullable Pattern pattern(String glob) {
        return pattern(glob, "");
    }

    /** The same below a folder, whose name ends with a slash. */
    static @Nullable Pattern pattern(String glob, String folder) {
        if (glob.length() > LONGEST
                || glob.replaceAll("\\*+", "*").chars().filter(c -> c == '*').count() > MOST_WILDCARDS) {
            return null;
        }
        StringBuilder regex = new StringBuilder(folder.isEmpty() ? "" : Pattern.quote(folder));
        int braces = 0;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> i = stars(glob, i, regex);
                case '?' -> regex.append("[^/]");
                case '[' -> i = range(glob, i, regex);
                case '{' -> {
                    boolean closes = glob.indexOf('}', i) > 0;
                    braces += closes ? 1 : 0;
                    regex.append(closes ? "(?:" : "\\{");
                }
                case '}' -> {
                    regex.append(braces > 0 ? ")" : "\\}");
                    braces = Math.max(0, braces - 1);
                }
                case ',' -> regex.append(braces > 0 ? '|' : ',');
                case '\\' -> {
                    i = Math.min(i + 1, glob.length() - 1);
                    regex.append(Pattern.quote(String.valueOf(glob.charAt(i))));
                }
                default ->
                    regex.append(
                            Character.isLetterOrDigit(c) || c == '/'
                                    ? String.valueOf(c)
                                    : Pattern.quote(String.valueOf(c)));
            }
        }
        return braces > 0 ? null : Pattern.compile(regex.toString());
    }

    /** Two stars between slashes mean any number of folders, also none; one means anything within a name. */
    private static int stars(String glob, int from, StringBuilder regex) {
        int end = from;
        while (end < glob.length() && glob.charAt(end) == '*') {
            end++;
        }
        boolean wholePart =
                (from == 0 || glob.charAt(from - 1) == '/') && (end == glob.length() || glob.charAt(end) == '/');
        if (end - from < 2 || !wholePart) {
            regex.append("[^/]*");
            return end - 1;
        }
        if (end == glob.length()) {
            regex.append(".+");
            return end - 1;
        }
        regex.append("(?:.+/)?");
        return end;
    }

    private static int range(String glob, int from, StringBuilder regex) {
        int end = glob.indexOf(']', from + 2);
        if (end < 0) {
            regex.append("\\[");
            return from;
        }
        String inside = glob.substring(from + 1, end);
        boolean not = inside.startsWith("!") || inside.startsWith("^");
        String letters = (not ? inside.substring(1) : inside).replaceAll("[\\\\\\[\\]&^]", "\\\\$0");
        regex.append(not ? "[^/" : "[").append(letters).append(']');
        return end;
    }
}
