package io.atmosfera.integration.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Component;

/**
 * Pages through the rows of a list by keyset, so that a page costs the same wherever it is and no row is shown twice
 * or left out when others come in between.
 *
 * <p>A list is one SQL file ({@link ListDefinition}): the keyset condition, ORDER BY and LIMIT are appended here.
 */
@Component("pagedList")
public class PagedList {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST_VALUES = 100;

    /** The number of a value beyond which it need not be exact. */
    private static final int EXACT_VALUES = 10_000;

    private final FilteredQueries queries;
    private final ObjectMapper json;
    private final Map<String, ListDefinition> definitions = new ConcurrentHashMap<>();

    PagedList(FilteredQueries queries, ObjectMapper json) {
        this.queries = queries;
        this.json = json;
    }

    /** One page: the array's JSON text, the address of the next page, and how many rows match in all. */
    public record Page(String body, @Nullable String link, long total) {}

    private record Cursor(String sort, @Nullable String value, long tie) {}

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
        ListDefinition list = definitions.computeIfAbsent(file, ListDefinition::load);
        String path = String.valueOf(headers.get(Exchange.HTTP_PATH));
        String query = (String) headers.get(Exchange.HTTP_QUERY);
        String sort = request.text("sort");
        String order = sort == null || sort.isEmpty() ? list.defaultSort() : sort;
        boolean descending = order.startsWith("-");
        ListDefinition.SortField field = list.sorts().get(descending ? order.substring(1) : order);
        if (field == null) {
            throw ProblemException.invalid(
                    "sort", "must be one of " + String.join(", ", list.sorts().keySet()));
        }
        int limit = request.first("limit") instanceof Integer given ? given : DEFAULT_LIMIT;
        Map<String, @Nullable Object> values = values(request, headers, source);
        String keyset = keyset(field, list.tie(), descending, order, request.text("cursor"), values);
        String direction = (descending ? " DESC" : " ASC") + (field.nullable() ? " NULLS LAST, " : ", ");
        String sql = list.sql()
                        .replace(
                                "/*keys*/",
                                ", (" + field.expression() + ")::text AS sort_value, " + list.tie() + " AS tie")
                + keyset + " ORDER BY " + field.expression() + direction + list.tie() + (descending ? " DESC" : " ASC")
                + " LIMIT " + (limit + 1);
        SqlParameterSource parameters = new AbsentIsNull(values);
        List<Map<String, Object>> rows = rows(sql, parameters, keyset);
        long total = queries.count(list.with(), list.from(), list.exact(), parameters);
        return page(rows, limit, order, path, query, total);
    }

    /**
     * The values of a field that the list's matches have, the most frequent first, as a JSON array of
     * {@code {value, count, estimate}}. The field is the parameter {@code field}.
     *
     * @throws ProblemException 400, for a field of which the list gives no values
     */
    public String values(
            String file, RequestValues request, @Headers Map<String, Object> headers, @Nullable String source) {
        ListDefinition list = definitions.computeIfAbsent(file, ListDefinition::load);
        String expression = list.values().get(request.text("field"));
        if (expression == null) {
            throw ProblemException.invalid(
                    "field", "must be one of " + String.join(", ", list.values().keySet()));
        }
        String sql = list.with()
                + "SELECT coalesce(json_agg(json_build_object('value', v.value, 'count', v.matches, 'estimate', v.matches > "
                + EXACT_VALUES
                + ") ORDER BY v.matches DESC, v.value), '[]')::text FROM (SELECT f.value, count(*) AS matches"
                + " FROM (SELECT " + expression + " AS value " + list.from() + ") AS f WHERE f.value IS NOT NULL"
                + " GROUP BY f.value ORDER BY count(*) DESC, f.value LIMIT " + MOST_VALUES + ") AS v";
        List<Map<String, Object>> rows = queries.rows(sql, new AbsentIsNull(values(request, headers, source)));
        return String.valueOf(rows.get(0).values().iterator().next());
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

    private List<Map<String, Object>> rows(String sql, SqlParameterSource parameters, String keyset) {
        try {
            return queries.rows(sql, parameters);
        } catch (DataIntegrityViolationException unfit) {
            if (keyset.isEmpty()) {
                throw unfit;
            }
            // Well-formed, but its value does not fit the type of the field.
            throw notOurs();
        }
    }

    private static ProblemException notOurs() {
        return ProblemException.invalid(
                "cursor", "is none that this list gave; take it from the Link header of the page before");
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

    private Page page(
            List<Map<String, Object>> rows, int limit, String order, String path, @Nullable String query, long total) {
        boolean more = rows.size() > limit;
        List<Map<String, Object>> shown = more ? rows.subList(0, limit) : rows;
        StringBuilder body = new StringBuilder("[");
        for (Map<String, Object> row : shown) {
            body.append(body.length() > 1 ? "," : "").append(row.get("item"));
        }
        String link = null;
        if (more) {
            Map<String, Object> last = shown.get(shown.size() - 1);
            String next = encode(new Cursor(
                    order,
                    (String) last.get("sort_value"),
                    ((Number) Objects.requireNonNull(last.get("tie"))).longValue()));
            link = "<" + path + "?" + withCursor(query, next) + ">; rel=\"next\"";
        }
        return new Page(body.append(']').toString(), link, total);
    }

    private String keyset(
            ListDefinition.SortField field,
            String tie,
            boolean descending,
            String order,
            @Nullable String cursor,
            Map<String, @Nullable Object> values) {
        if (cursor == null || cursor.isEmpty()) {
            return "";
        }
        Cursor after = decode(cursor);
        if (!after.sort().equals(order)) {
            throw ProblemException.invalid("cursor", "belongs to a list in another order; start again without it");
        }
        String beyond = descending ? " < " : " > ";
        values.put("afterTie", after.tie());
        if (after.value() == null) {
            return " AND " + field.expression() + " IS NULL AND " + tie + beyond + ":afterTie";
        }
        values.put("afterValue", after.value());
        String value = "CAST(:afterValue AS " + field.type() + ")";
        if (!field.nullable()) {
            return " AND (" + field.expression() + ", " + tie + ")" + beyond + "(" + value + ", :afterTie)";
        }
        return " AND (" + field.expression() + beyond + value + " OR (" + field.expression() + " = " + value + " AND "
                + tie + beyond + ":afterTie) OR " + field.expression() + " IS NULL)";
    }

    private String encode(Cursor cursor) {
        try {
            List<@Nullable Object> parts = new ArrayList<>();
            parts.add(cursor.sort());
            parts.add(cursor.value());
            parts.add(cursor.tie());
            return Base64.getUrlEncoder().withoutPadding().encodeToString(json.writeValueAsBytes(parts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A cursor is always writable", e);
        }
    }

    private Cursor decode(String cursor) {
        try {
            JsonNode parts = json.readTree(Base64.getUrlDecoder().decode(cursor));
            if (parts.isArray() && parts.size() == 3 && parts.get(2).isIntegralNumber()) {
                return new Cursor(
                        parts.get(0).asText(),
                        parts.get(1).isNull() ? null : parts.get(1).asText(),
                        parts.get(2).asLong());
            }
        } catch (IllegalArgumentException | IOException notOurs) {
            // Falls through to the same answer: a cursor is ours or it is not.
        }
        throw notOurs();
    }

    private static String withCursor(@Nullable String query, String cursor) {
        StringBuilder link = new StringBuilder();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                if (!pair.isEmpty() && !pair.startsWith("cursor=")) {
                    link.append(pair).append('&');
                }
            }
        }
        return link.append("cursor=")
                .append(URLEncoder.encode(cursor, StandardCharsets.UTF_8))
                .toString();
    }
}
