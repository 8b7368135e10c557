package io.atmosfera.integration.analysis;

/** What can be said of a file whose language nobody here parses: its lines, and how deep it is nested. */
final class TextComplexity {

    private static final int WIDTH_OF_A_TAB = 4;

    /** Generated tables and minified code lie deeper than anybody writes. */
    private static final int DEEPEST = 100;

    private TextComplexity() {}

    /** By curly brackets, where a language has them; what stands in texts and comments counts as well. */
    static Complexity ofBrackets(String text) {
        int lines = 0;
        int depth = 0;
        int deepest = 0;
        boolean filled = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{') {
                depth++;
                deepest = Math.max(deepest, depth);
            } else if (c == '}') {
                depth = Math.max(0, depth - 1);
            }
            if (c == '\n') {
                lines++;
                filled = false;
            } else {
                filled = true;
            }
        }
        return new Complexity(lines + (filled ? 1 : 0), null, null, null, Math.min(deepest, DEEPEST));
    }

    /** By indentation: a line that is further in than all around it is one deeper. */
    static Complexity ofIndentation(String text) {
        int lines = 0;
        int deepest = 0;
        int[] columns = new int[DEEPEST + 1];
        int depth = 0;
        int start = 0;
        while (start < text.length()) {
            int end = text.indexOf('\n', start);
            end = end < 0 ? text.length() : end;
            lines++;
            int column = column(text, start, end);
            if (column >= 0) {
                while (depth > 0 && columns[depth] >= column) {
                    depth--;
                }
                if (column > 0 && depth < DEEPEST) {
                    depth++;
                    columns[depth] = column;
                    deepest = Math.max(deepest, depth);
                }
            }
            start = end + 1;
        }
        return new Complexity(lines, null, null, null, deepest);
    }

    /** Where the text of a line begins; -1 for an empty one. */
    private static int column(String text, int start, int end) {
        int column = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == ' ') {
                column++;
            } else if (c == '\t') {
                column += WIDTH_OF_A_TAB;
            } else {
                return c == '\r' || c == '#' ? -1 : column;
            }
        }
        return -1;
    }
}
