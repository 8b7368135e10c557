package io.atmosfera.integration.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;

/**
 * A list that clients page through: one SQL file. Its leading comments declare
 *
 * <ul>
 *   <li>{@code -- sort: NAME = EXPRESSION :: TYPE} for each field that may be sorted by, the first being the default
 *       ({@code -- sort: -NAME …} for descending) unless {@code -- default: -NAME} names another. {@code not null} behind
 *       the type says that there is always a value, {@code null as VALUE} that the expression gives VALUE instead of
 *       null. {@code then NAME} orders equal values by another field, which is never null,
 *   <li>{@code -- tie: EXPRESSION} for the unique number that makes an order total,
 *   <li>{@code -- value: NAME = EXPRESSION} for each field whose values clients may ask for, with how often they occur,
 *   <li>{@code -- find: NAME by PARAMETER = SELECT} for a value that stands for what a request names, found before the list
 *       is read: only so does the planner know it,
 *   <li>{@code -- search: FILE} for the statement that finds what a {@code search} is about, before the list is read
 *       ({@link PagedList}).
 * </ul>
 *
 * <p>Its text is {@code SELECT /*item*&#47; JSON AS item FROM TABLE ALIAS}, joins that add to a row and leave no row out,
 * and {@code WHERE CONDITION}. A line that begins with {@code /*NAME*&#47; AND} is a condition for requests that have the
 * parameter NAME, one with {@code /*!NAME*&#47; AND} for requests without it. Conditions read the table alone: the page is
 * cut before anything is joined.
 *
 * @param item        what an element of the list is made of
 * @param rows        the table and its alias
 * @param alias       the alias alone
 * @param joins       what an element needs of other tables
 * @param conditions  which rows are meant
 * @param sorts       the fields that may be sorted by
 * @param defaultSort the order without any other wish
 * @param tie         what makes an order total
 * @param values      the fields whose values may be asked for
 * @param finds       what is found before the list is read
 * @param search      the statement that finds what a search is about
 */
record ListDefinition(
        String item,
        String rows,
        String alias,
        String joins,
        List<Condition> conditions,
        Map<String, SortField> sorts,
        String defaultSort,
        String tie,
        Map<String, String> values,
        List<Find> finds,
        @Nullable String search) {

    private static final Pattern SORT = Pattern.compile(
            "^-- sort: (-?)(\\w+) = (.+) :: (\\w+)(?:( not null)| null as (\\S+))?(?:,? then (\\w+))?$",
            Pattern.MULTILINE);
    private static final Pattern VALUE = Pattern.compile("^-- value: (\\w+) = (.+)$", Pattern.MULTILINE);
    private static final Pattern DEFAULT = Pattern.compile("^-- default: (-?\\w+)$", Pattern.MULTILINE);
    private static final Pattern TIE = Pattern.compile("^-- tie: (.+)$", Pattern.MULTILINE);
    private static final Pattern FIND = Pattern.compile("^-- find: (\\w+) by (\\w+) = (.+)$", Pattern.MULTILINE);
    private static final Pattern SEARCH = Pattern.compile("^-- search: (.+)$", Pattern.MULTILINE);
    private static final Pattern STATEMENT = Pattern.compile(
            "^SELECT /\\*item\\*/ (.+) AS item\\s+FROM (\\w+ (\\w+))\\s+(.*?)^WHERE (.+)",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CONDITION = Pattern.compile("^\\s*/\\*(!?)(\\w+)\\*/(?= AND )", Pattern.MULTILINE);

    /**
     * What a list may be sorted by.
     *
     * @param nullable   whether it may be null
     * @param nullAs     what the expression gives instead of null; null where it gives null
     * @param then       the name of the field that orders equal values
     */
    record SortField(String expression, String type, boolean nullable, @Nullable String nullAs, @Nullable String then) {

        /** Whether it has a value. */
        String present() {
            return nullAs == null ? expression + " IS NOT NULL" : expression + " > " + nullAs;
        }

        /** Whether it is null. */
        String absent() {
            return nullAs == null ? expression + " IS NULL" : expression + " = " + nullAs;
        }

        /** Its value as a text, null where it is null. */
        String text() {
            return nullAs == null ? "(" + expression + ")::text" : "nullif(" + expression + ", " + nullAs + ")::text";
        }
    }

    /**
     * A value that is found before the list is read.
     *
     * @param name      the parameter that gets it, null where nothing is found
     * @param parameter the parameter of the request that it stands for
     * @param sql       finds it
     */
    record Find(String name, String parameter, String sql) {}

    /** A part of the WHERE clause: for all requests, or for those with or without a parameter. */
    record Condition(@Nullable String parameter, boolean given, String sql) {

        boolean holdsFor(Predicate<String> present) {
            return parameter == null || present.test(parameter) == given;
        }
    }

    /** The list in {@code sql/FILE.sql}. */
    static ListDefinition load(String file) {
        String text = read(file);
        Map<String, SortField> sorts = new LinkedHashMap<>();
        String defaultSort = first(DEFAULT, text);
        Matcher sort = SORT.matcher(text);
        while (sort.find()) {
            boolean nullable = sort.group(5) == null;
            sorts.put(
                    sort.group(2), new SortField(sort.group(3), sort.group(4), nullable, sort.group(6), sort.group(7)));
            defaultSort = defaultSort == null ? sort.group(1) + sort.group(2) : defaultSort;
        }
        Map<String, String> values = new LinkedHashMap<>();
        Matcher value = VALUE.matcher(text);
        while (value.find()) {
            values.put(value.group(1), value.group(2));
        }
        List<Find> finds = FIND.matcher(text)
                .results()
                .map(find -> new Find(find.group(1), find.group(2), find.group(3)))
                .toList();
        String tie = first(TIE, text);
        Matcher statement = STATEMENT.matcher(text);
        if (defaultSort == null || tie == null || !statement.find()) {
            throw new IllegalStateException("sql/" + file
                    + ".sql is no list: it needs '-- sort:', '-- tie:' and SELECT /*item*/ … AS item FROM … WHERE …");
        }
        String search = first(SEARCH, text);
        return new ListDefinition(
                statement.group(1),
                statement.group(2),
                statement.group(3),
                statement.group(4),
                conditions(statement.group(5)),
                sorts,
                defaultSort,
                tie,
                values,
                finds,
                search == null ? null : read(search));
    }

    /**
     * The rows that a request means: the statement from its FROM on.
     *
     * @param present which parameters the request has
     */
    String matches(Predicate<String> present) {
        StringBuilder where = new StringBuilder("FROM ").append(rows).append(" WHERE ");
        conditions.stream()
                .filter(condition -> condition.holdsFor(present))
                .forEach(condition -> where.append(condition.sql()));
        return where.toString();
    }

    /**
     * The statement of a page: as many rows as are shown are found first, and then made items.
     *
     * @param matches the rows from which it is, from FROM on
     * @param orderBy their order
     * @param keys    what each row gives for a cursor
     * @param most    how many rows
     */
    String page(String matches, String orderBy, String keys, int most) {
        return "SELECT " + item + " AS item, " + keys + " FROM (SELECT " + alias + ".* " + matches + " ORDER BY "
                + orderBy + " LIMIT " + most + ") AS " + alias + " " + joins + "ORDER BY " + orderBy;
    }

    private static List<Condition> conditions(String where) {
        List<Condition> conditions = new ArrayList<>();
        Matcher mark = CONDITION.matcher(where);
        String parameter = null;
        boolean given = true;
        int from = 0;
        while (mark.find()) {
            conditions.add(new Condition(parameter, given, where.substring(from, mark.start())));
            parameter = mark.group(2);
            given = mark.group(1).isEmpty();
            from = mark.end();
        }
        conditions.add(new Condition(parameter, given, where.substring(from)));
        return conditions;
    }

    private static @Nullable String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : null;
    }

    private static String read(String file) {
        try {
            return new ClassPathResource("sql/" + file + ".sql").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
