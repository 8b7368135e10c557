package io.atmosfera.integration.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.stereotype.Component;

/**
 * Pages through the rows of a list by keyset, so that a page costs the same wherever it is and no row is shown twice
 * or left out when others come in between.
 *
 * <p>A list is one SQL file. Its leading comments declare {@code -- sort: NAME = EXPRESSION :: TYPE} for every field
 * that may be sorted by, the first being the default ({@code -- sort: -NAME …} for descending) unless
 * {@code -- default: -NAME} names another; {@code not null} behind the type lets an index give the order; and
 * {@code -- tie: EXPRESSION} for the unique number that makes an order total. {@code -- exact: NUMBER} says how far the
 * matches are counted; beyond it their number is an estimate. Its text selects
 * {@code /*item*&#47; JSON AS item /*keys*&#47;} and ends in the WHERE clause: the keyset condition, ORDER BY and LIMIT are
 * appended here.
 */
@Component("pagedList")
public class PagedList {

    private static final Pattern SORT =
            Pattern.compile("^-- sort: (-?)(\\w+) = (.+) :: (\\w+)( not null)?$", Pattern.MULTILINE);
    private static final Pattern ITEM = Pattern.compile("(?s)/\\*item\\*/.*?/\\*keys\\*/");
    private static final Pattern DEFAULT = Pattern.compile("^-- default: (-?\\w+)$", Pattern.MULTILINE);
    private static final Pattern EXACT = Pattern.compile("^-- exact: (\\d+)$", Pattern.MULTILINE);
    private static final Pattern TIE = Pattern.compile("^-- tie: (.+)$", Pattern.MULTILINE);

    private static final int DEFAULT_LIMIT = 50;

    private final FilteredQueries queries;
    private final ObjectMapper json;
    private final Map<String, Definition> definitions = new ConcurrentHashMap<>();

    PagedList(FilteredQueries queries, ObjectMapper json) {
        this.queries = queries;
        this.json = json;
    }

    /** One page: the array's JSON text, the address of the next page, and how many rows match in all. */
    public record Page(String body, @Nullable String link, long total) {}

    private record SortField(String expression, String type, boolean nullable) {}

    private record Definition(
            String sql,
            String with,
            String from,
            long exact,
            Map<String, SortField> sorts,
            String defaultSort,
            String tie) {}

    private record Cursor(String sort, @Nullable String value, long tie) {}

    /**
     * Reads the page that a request asks for; the request's query parameters are the named parameters of the SQL, a
     * repeated one as a list, one that is absent as NULL; {@code NAMEJson} is each as a JSON list.
     *
     * @param file    the SQL file below {@code sql/}, without its ending
     * @param request what the request asks for, in the types of the contract
     * @param headers the headers of the message: Camel's account of the request
     * @param source  of what source the items are, where the list is one for several: {@code :ofSource} in its SQL
     * @throws ProblemException 400, for an unknown cursor or sort field
     */
    public Page select(
            String file, RequestValues request, @Headers Map<String, Object> headers, @Nullable String source) {
        Definition list = definitions.computeIfAbsent(file, PagedList::load);
        String path = String.valueOf(headers.get(Exchange.HTTP_PATH));
        String query = (String) headers.get(Exchange.HTTP_QUERY);
        String sort = request.text("sort");
        String order = sort == null || sort.isEmpty() ? list.defaultSort() : sort;
        boolean descending = order.startsWith("-");
        SortField field = list.sorts().get(descending ? order.substring(1) : order);
        if (field == null) {
            throw ProblemException.invalid(
                    "sort", "must be one of " + String.join(", ", list.sorts().keySet()));
        }
        int limit = request.first("limit") instanceof Integer given ? given : DEFAULT_LIMIT;
        Map<String, @Nullable Object> values = request.firsts();
        for (Map.Entry<String, List<Object>> parameter : request.all().entrySet()) {
            values.put(parameter.getKey() + "Json", jsonList(parameter.getValue()));
        }
        values.put("projectId", longOrNull(headers.get("projectId")));
        values.put("ofSource", source);
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
            SortField field,
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

    private static Definition load(String file) {
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
        Matcher exact = EXACT.matcher(text);
        return new Definition(
                text,
                text.substring(0, text.lastIndexOf("SELECT", item.start())),
                text.substring(item.end()),
                exact.find() ? Long.parseLong(exact.group(1)) : FilteredQueries.ALWAYS,
                new LinkedHashMap<>(sorts),
                defaultSort,
                tie.group(1));
    }

    private static String read(String location) {
        try {
            return new ClassPathResource(location).getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
