package io.atmosfera.integration.analysis;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Comments as most languages write them, line by line. */
final class Comments {

    private static final Map<String, String> BLOCKS = Map.of(
            "/*", "*/", "<!--", "-->", "\"\"\"", "\"\"\"", "'''", "'''", "{-", "-}", "(*", "*)", "<#", "#>", "=begin",
            "=end");
    private static final List<String> LINES = List.of("//", "#", "--", ";", "%", "\"//\"", "*", "!", "..");
    private static final Pattern MARKS = Pattern.compile(
            "^(?:/\\*+!?|<!--|\"\"\"|'''|\\{-|\\(\\*|<#|//+!?|#+!?|--+|;+|%+|\\*+|\"//\"\\s*:\\s*\"|\\.\\.)?\\s*(?:<p>|<b>)?\\s*");

    /** What a lexer would take for comments and texts in languages like Java and Go. */
    private static final Pattern IN_CODE = Pattern.compile(
            "//[^\\n]*+|/\\*(?:[^*]++|\\*(?!/))*+(?:\\*/)?|\"\"\"(?:[^\"\\\\]++|\\\\.|\"(?!\"\"))*+(?:\"\"\")?|\"(?:[^\"\\\\\\n]++|\\\\.)*+\"?|`[^`]*+`?|'(?:[^'\\\\\\n]|\\\\.){1,8}+'");

    private Comments() {}

    /** What ends the comment of several lines that a line begins with; null where it begins with none. */
    static @Nullable String endOf(String line) {
        for (Map.Entry<String, String> block : BLOCKS.entrySet()) {
            if (line.startsWith(block.getKey())) {
                return block.getValue();
            }
        }
        return null;
    }

    static boolean isComment(String line) {
        return LINES.stream().anyMatch(line::startsWith);
    }

    /** Whether a line ends a comment, which may have begun in it. */
    static boolean closes(String line, String end, boolean begunHere) {
        return line.indexOf(end, begunHere ? 2 : 0) >= 0;
    }

    /** What a line of a comment says. */
    static String words(String line) {
        return MARKS.matcher(line).replaceFirst("");
    }

    /** A program without its comments and texts. */
    static String stripped(String program) {
        return IN_CODE.matcher(program).replaceAll(" ");
    }
}
