package io.atmosfera.integration.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;

/**
 * A list that clients page through: one SQL file. Its leading comments declare
 *
 * <ul>
 *   <li>{@code -- sort: NAME = EXPRESSION :: TYPE} for every field that may be sorted by, the first being the default
 *       ({@code -- sort: -NAME …} for descending) unless {@code -- default: -NAME} names another; {@code not null} behind
 *       the type lets an index give the order,
 *   <li>{@code -- tie: EXPRESSION} for the unique number that makes an order total,
 *   <li>{@code -- value: NAME = EXPRESSION} for every field whose values clients may ask for, with how often they occur,
 *   <li>{@code -- exact: NUMBER}, how far the matches are counted; beyond it their number is an estimate.
 * </ul>
 *
 * <p>Its text selects {@code /*item*&#47; JSON AS item /*keys*&#47;} and ends in the WHERE clause.
 *
 * @param sql         the whole text
 * @param with        what stands before its SELECT
 * @param from        the text from its FROM on
 * @param exact       how far the matches are counted
 * @param sorts       the fields that may be sorted by
 * @param defaultSort the order without any other wish
 * @param tie         what makes an order total
 * @param values      the fields whose values may be asked for
 */
record ListDefinition(
        String sql,
        String with,
        String from,
        long exact,
        Map<String, SortField> sorts,
        String defaultSort,
        String tie,
        Map<String, String> values) {

    private static final Pattern SORT =
            Pattern.compile("^-- sort: (-?)(\\w+) = (.+) :: (\\w+)( not null)?$", Pattern.MULTILINE);
    private static final Pattern VALUE = Pattern.compile("^-- value: (\\w+) = (.+)$", Pattern.MULTILINE);
    private static final Pattern ITEM = Pattern.compile("(?s)/\\*item\\*/.*?/\\*keys\\*/");
    private static final Pattern DEFAULT = Pattern.compile("^-- default: (-?\\w+)$", Pattern.MULTILINE);
    private static final Pattern EXACT = Pattern.compile("^-- exact: (\\d+)$", Pattern.MULTILINE);
    private static final Pattern TIE = Pattern.compile("^-- tie: (.+)$", Pattern.MULTILINE);

    /** What a list may be sorted by. */
    record SortField(String expression, String type, boolean nullable) {}

    /** The list in {@code sql/FILE.sql}. */
    static ListDefinition load(String file) {
        String text = read("sql/" + file + ".sql");
        Map<String, SortField> sorts = new LinkedHashMap<>();
        String defaultSort = null;
        Matcher sort = SORT.matcher(text);
        while (sort.find()) {
            sorts.put(sort.group(2), new SortField(sort.group(3), sort.group(4), sort.group(5) == null));
            defaultSort = defaultSort == null ? sort.group(1) + sort.group(2) : defaultSort;
        }
        Matcher chosen = DEFAULT.matcher(text);
        if (chosen.find()) {
            defaultSort = chosen.group(1);
        }
        Matcher tie = TIE.matcher(text);
        if (defaultSort == null || !tie.find()) {
            throw new IllegalStateException("sql/" + file + ".sql declares no '-- sort:' or no '-- tie:'");
        }
        Matcher item = ITEM.matcher(text);
        if (!item.find()) {
            throw new IllegalStateException("sql/" + file + ".sql marks no item: SELECT /*item*/ … /*keys*/");
        }
        Map<String, String> values = new LinkedHashMap<>();
        Matcher value = VALUE.matcher(text);
        while (value.find()) {
            values.put(value.group(1), value.group(2));
        }
        Matcher exact = EXACT.matcher(text);
        return new ListDefinition(
                text,
                text.substring(0, text.lastIndexOf("SELECT", item.start())),
                text.substring(item.end()),
                exact.find() ? Long.parseLong(exact.group(1)) : FilteredQueries.ALWAYS,
                sorts,
                defaultSort,
                tie.group(1),
                values);
    }

    private static String read(String location) {
        try {
            return new ClassPathResource(location).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
