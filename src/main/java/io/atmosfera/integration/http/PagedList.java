package io.atmosfera.integration.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Component;

/**
 * Pages through the rows of a list by keyset on an index, so that a page costs the same wherever it is and however many
 * rows there are, and no row is shown twice or left out when others come in between.
 *
 * <p>A list is one SQL file ({@link ListDefinition}). Its statement is put together for the request: only the conditions
 * that the request has, the page cut before anything is joined. A list that is searched has a statement that runs first
 * and says how the search is to be done: {@code found} names the condition for the page as if it were a parameter of the
 * request, {@code counted} those whose matches add up to the number of matches; {@code hits} is bound as a parameter.
 */
@Component("pagedList")
public class PagedList {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST_VALUES = 100;

    /** The number of matches, and of a value, beyond which it need not be exact. */
    private static final int EXACT = 10_000;

    private static final String SEARCH = "search";

    private final FilteredQueries queries;
    private final ObjectMapper json;
    private final Map<String, ListDefinition> definitions = new ConcurrentHashMap<>();

    PagedList(FilteredQueries queries, ObjectMapper json) {
        this.queries = queries;
        this.json = json;
    }

    /**
     * One page.
     *
     * @param body      the array's JSON text
     * @param link      the address of the next page
     * @param total     how many rows match in all
     * @param estimated whether that is an estimate
     */
    public record Page(String body, @Nullable String link, long total, boolean estimated) {}

    /**
     * Reads the page that a request asks for; the request's query parameters are the named parameters of the SQL, a
     * repeated one as its first text, one that is absent as NULL; {@code NAMEList} is each as a list for IN,
     * {@code NAMEJson} as a JSON list that a comma parts, {@code NAMEWhole} as a JSON list of whole values.
     *
     * @param file    the SQL file below {@code sql/}, without its ending
     * @param request what the request asks for, in the types of the contract
     * @param headers the headers of the message: Camel's account of the request
     * @param source  of what source the items are, where the list is one for several: {@code :ofSource} in its SQL
     * @throws ProblemException 400, for an unknown cursor or sort field
     */
    public Page select(
            String file, RequestValues request, @Headers Map<String, Object> headers, @Nullable String source) {
        ListDefinition list = definition(file);
        String sort = request.text("sort");
        String order = sort == null || sort.isEmpty() ? list.defaultSort() : sort;
        int limit = request.first("limit") instanceof Integer given ? given : DEFAULT_LIMIT;
        Map<String, @Nullable Object> values = values(request, headers, source);
        Cursor cursor = Cursor.read(request.text("cursor"), json);
        Keyset keyset = Keyset.of(list, order, cursor, values);
        Search search = search(list, values);

        List<Map<String, Object>> rows = new ArrayList<>();
        SqlParameterSource parameters = new AbsentIsNull(values);
        for (String part : keyset.parts()) {
            if (rows.size() <= limit) {
                String page = list.matches(search.page()) + part;
                String sql = list.page(page, keyset.orderBy(), Keyset.columns(list, order), limit + 1 - rows.size());
                rows.addAll(rows(sql, parameters, cursor));
            }
        }
        boolean all = "exact".equals(request.text("count"));
        FilteredQueries.Count count =
                queries.count(search.counted(list, ""), all ? FilteredQueries.ALL : EXACT, parameters);
        Cursor next = rows.size() > limit ? last(order, rows.get(limit - 1)) : null;
        return new Page(
                array(rows.subList(0, Math.min(limit, rows.size()))),
                next == null
                        ? null
                        : next.link(
                                String.valueOf(headers.get(Exchange.HTTP_PATH)),
                                (String) headers.get(Exchange.HTTP_QUERY),
                                json),
                count.rows(),
                count.estimated());
    }

    /**
     * The values of a field that the list's matches have, the most frequent first, as a JSON array of
     * {@code {value, count, estimate}}. The field is the parameter {@code field}.
     *
     * @throws ProblemException 400, for a field of which the list gives no values
     */
    public String values(
            String file, RequestValues request, @Headers Map<String, Object> headers, @Nullable String source) {
        ListDefinition list = definition(file);
        String expression = list.values().get(request.text("field"));
        if (expression == null) {
            throw ProblemException.invalid(
                    "field", "must be one of " + String.join(", ", list.values().keySet()));
        }
        Map<String, @Nullable Object> values = values(request, headers, source);
        String sql =
                "SELECT coalesce(json_agg(json_build_object('value', v.value, 'count', v.matches, 'estimate', v.matches > "
                        + EXACT
                        + ") ORDER BY v.matches DESC, v.value), '[]')::text FROM (SELECT f.value, count(*) AS matches"
                        + " FROM (SELECT " + expression + " AS value "
                        + search(list, values).counted(list, expression + " AS value ")
                        + ") AS f WHERE f.value IS NOT NULL"
                        + " GROUP BY f.value ORDER BY count(*) DESC, f.value LIMIT " + MOST_VALUES + ") AS v";
        List<Map<String, Object>> rows = queries.rows(sql, new AbsentIsNull(values));
        return String.valueOf(rows.get(0).values().iterator().next());
    }

    private ListDefinition definition(String file) {
        return definitions.computeIfAbsent(file, ListDefinition::load);
    }

    /** Which conditions hold for the page, and which for the number of matches: those of several add up. */
    private record Search(Predicate<String> page, List<Predicate<String>> counts) {

        String counted(ListDefinition list, String selected) {
            return counts.stream().map(list::matches).collect(Collectors.joining(" UNION ALL SELECT " + selected));
        }
    }

    /** What the request is about, found before the list is read. */
    private Search search(ListDefinition list, Map<String, @Nullable Object> values) {
        Set<String> names = values.keySet().stream()
                .filter(name -> values.get(name) != null)
                .collect(Collectors.toSet());
        Predicate<String> given = names::contains;
        for (ListDefinition.Find find : list.finds()) {
            if (given.test(find.parameter())) {
                List<Map<String, Object>> found = queries.rows(find.sql(), new AbsentIsNull(values));
                values.put(
                        find.name(),
                        found.isEmpty()
                                ? null
                                : found.get(0).values().iterator().next());
            }
        }
        if (list.search() == null || values.getOrDefault(SEARCH, "").toString().isEmpty()) {
            return new Search(given, List.of(given));
        }
        Map<String, Object> how =
                queries.rows(list.search(), new AbsentIsNull(values)).get(0);
        values.put("hits", how.get("hits"));
        String found = String.valueOf(how.get("found"));
        return new Search(
                given.or(found::equals),
                Stream.of(String.valueOf(how.get("counted")).split(" "))
                        .map(counted -> given.or(counted::equals))
                        .toList());
    }

    private Map<String, @Nullable Object> values(
            RequestValues request, Map<String, Object> headers, @Nullable String source) {
        Map<String, @Nullable Object> values = request.firsts();
        for (Map.Entry<String, List<Object>> parameter : request.all().entrySet()) {
            List<Object> given = parameter.getValue();
            values.put(parameter.getKey() + "Json", jsonList(given));
            values.put(parameter.getKey() + "List", given);
            values.put(parameter.getKey() + "Whole", json.valueToTree(given).toString());
        }
        values.put("projectId", longOrNull(headers.get("projectId")));
        values.put("ofSource", source);
        return values;
    }

    private List<Map<String, Object>> rows(String sql, SqlParameterSource parameters, @Nullable Cursor cursor) {
        try {
            return queries.rows(sql, parameters);
        } catch (DataIntegrityViolationException unfit) {
            if (cursor == null) {
                throw unfit;
            }
            // Well-formed, but its value does not fit the type of the field.
            throw Cursor.notOurs();
        }
    }

    private static Cursor last(String order, Map<String, Object> row) {
        return new Cursor(
                order,
                (String) row.get("sort_value"),
                ((Number) Objects.requireNonNull(row.get("tie"))).longValue(),
                (String) row.get("then_value"));
    }

    private static String array(List<Map<String, Object>> rows) {
        return rows.stream().map(row -> String.valueOf(row.get("item"))).collect(Collectors.joining(",", "[", "]"));
    }

    /** A comma list, or a repeated parameter with each value taken whole. */
    private String jsonList(List<Object> values) {
        List<String> members = values.size() == 1
                ? List.of(values.get(0).toString().split(",", -1))
                : values.stream().map(Object::toString).toList();
        return json.valueToTree(
                        members.stream().filter(member -> !member.isEmpty()).toList())
                .toString();
    }

    private static @Nullable Long longOrNull(@Nullable Object value) {
        return value == null ? null : Long.valueOf(value.toString());
    }

    /** A filter that the request leaves out is NULL in the SQL, and its condition is then true. */
    private static final class AbsentIsNull extends MapSqlParameterSource {

        AbsentIsNull(Map<String, @Nullable Object> values) {
            super(values);
        }

        @Override
        public boolean hasValue(String name) {
            return true;
        }

        @Override
        public @Nullable Object getValue(String name) {
            return super.hasValue(name) ? super.getValue(name) : null;
        }
    }
}
