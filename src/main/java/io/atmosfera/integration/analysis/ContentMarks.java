package io.atmosfera.integration.analysis;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells by its content that nobody here has written a file: a tool has, another project has, or it was recorded. Tools say so in
 * a comment ahead of the code; what code says of other files counts for nothing.
 */
final class ContentMarks {

    static final String GENERATED = "generated";
    static final String VENDORED = "vendored";
    static final String RECORDED = "recorded";

    private static final int MOST_LINES = 120;
    private static final int LONGEST_LINE = 400;

    /** As long as GitHub's Linguist takes lines to be on average that nobody has written. */
    private static final int MINIFIED = 110;

    private static final Set<String> MINIFIABLE = Set.of("JavaScript", "CSS");

    private static final List<Pattern> OF_A_TOOL = List.of(
            Pattern.compile(
                    "^(?:Generated|GENERATED)[ :]+(?i:by|from|with|using|automatically|file|code|source|on)\\b"),
            Pattern.compile(
                    "^(?i)(?:code |source |content |file )?(?:is )?(?:auto[- ]?|automatically |machine[- ]?)generated\\b"),
            Pattern.compile("^(?i)(?:code|file|source) generated (?:by|from|with|using)\\b"),
            Pattern.compile(
                    "(?i)\\b(?:this|the) (?:\\w{1,20} ){0,2}(?:file|class|code|source|document|module|content|page|script)s? (?:is|was|has been|are|were) (?:auto[- ]?|automatically |machine[- ]?)?(?:generated|copied)\\b"),
            Pattern.compile("(?i)(?:^|\\s)@generated(?:\\s|$)"),
            Pattern.compile("\\bDO NOT (?:EDIT|MODIFY)\\b(?!.{0,60}(?i:\\b(?:below|above|between|section|line)))"),
            Pattern.compile(
                    "(?i)\\bdo not (?:edit|modify|change) (?:this (?:file|class|code)|it|manually|by hand|directly)\\b"));
    private static final Pattern SNAPSHOT =
            Pattern.compile("(?i)^(?:Jest Snapshot v|Vitest Snapshot v|this snapshot file is)");
    private static final Pattern ANNOTATION = Pattern.compile("^@(?:\\w{1,30}\\.){0,5}Generated\\b");
    private static final Pattern LIBRARY = Pattern.compile("^/\\*!\\s*(?:\\*\\s*)?@?[\\w./ -]{2,60} v?\\d+\\.\\d+");
    private static final Pattern RECORDING = Pattern.compile(
            "^\\s*(?:---\\s+)?(?:http_interactions:|interactions:\\s+- (?:request|response):|\\{\\s*\"(?:http_interactions\"|log\"\\s*:\\s*\\{\\s*\"(?:_recordingName|version\"\\s*:\\s*\"1\\.\\d\"\\s*,\\s*\"creator\")))");

    /** Where the code begins that a comment ahead of it is about. */
    private static final Pattern CODE =
            Pattern.compile("(?:\\{\\s*|^(?:async )?(?:def|class|func|fn|function|begin|describe|it)\\b.*)$");

    private ContentMarks() {}

    /** generated, vendored or recorded; null where people here have written it, for all that its content tells. */
    static @Nullable String of(@Nullable String language, String text) {
        String head = text.substring(0, Math.min(text.length(), 2000));
        if (RECORDING.matcher(head).find()) {
            return RECORDED;
        }
        if (language != null && MINIFIABLE.contains(language)) {
            if (LIBRARY.matcher(head).find()) {
                return VENDORED;
            }
            if (text.length() > 2L * MINIFIED
                    && text.length() / (1 + text.chars().filter(c -> c == '\n').count()) > MINIFIED) {
                return GENERATED;
            }
        }
        return ofComments(text);
    }

    private static @Nullable String ofComments(String text) {
        String end = null;
        int from = 0;
        for (int number = 0; number < MOST_LINES && from < text.length(); number++) {
            int next = text.indexOf('\n', from);
            next = next < 0 ? text.length() : next;
            String line =
                    text.substring(from, Math.min(next, from + LONGEST_LINE)).strip();
            from = next + 1;
            if (end == null && ANNOTATION.matcher(line).find()) {
                return GENERATED;
            }
            String begun = end == null ? Comments.endOf(line) : end;
            boolean isComment = begun != null || Comments.isComment(line);
            if (isComment) {
                String said = Comments.words(line);
                if (SNAPSHOT.matcher(said).find()) {
                    return RECORDED;
                }
                if (OF_A_TOOL.stream().anyMatch(pattern -> pattern.matcher(said).find())) {
                    return GENERATED;
                }
            } else if (CODE.matcher(line).find() && !line.equals("{")) {
                return null;
            }
            end = begun != null && Comments.closes(line, begun, end == null) ? null : begun;
        }
        return null;
    }
}
