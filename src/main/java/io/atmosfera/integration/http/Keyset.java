package io.atmosfera.integration.http;

import io.atmosfera.integration.http.ListDefinition.SortField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a page begins, as conditions that an index answers: a row comparison, and rows without a value in a part of their
 * own. PostgreSQL orders null by what it takes for the largest value, so one walk through an index cannot have it last in
 * both directions.
 *
 * @param parts   the conditions of the parts in their order; each begins with AND or is empty
 * @param orderBy the order in each part
 */
record Keyset(List<String> parts, String orderBy) {

    /**
     * @param order  the order that the request asks for: a field, with - for descending
     * @param cursor where the page before ended; null for the first page
     * @param values gets the values of the conditions
     * @throws ProblemException 400, for a field that the list does not sort by, or a cursor that is not of this order
     */
    static Keyset of(ListDefinition list, String order, @Nullable Cursor cursor, Map<String, @Nullable Object> values) {
        boolean descending = order.startsWith("-");
        SortField field = field(list, order);
        SortField then = then(list, field);
        String direction = descending ? " DESC" : " ASC";
        List<String> keys = new ArrayList<>(List.of(field.expression()));
        List<String> ends = new ArrayList<>(List.of("CAST(:afterValue AS " + field.type() + ")"));
        if (then != null) {
            keys.add(then.expression());
            ends.add("CAST(:afterThen AS " + then.type() + ")");
        }
        keys.add(list.tie());
        ends.add(":afterTie");
        String orderBy = String.join(direction + ", ", keys) + direction;
        if (cursor == null) {
            return new Keyset(
                    field.nullable() ? List.of(" AND " + field.present(), " AND " + field.absent()) : List.of(""),
                    orderBy);
        }
        if (!cursor.order().equals(order)) {
            throw ProblemException.invalid("cursor", "belongs to a list in another order; start again without it");
        }
        if ((then == null) != (cursor.then() == null) || (cursor.value() == null && !field.nullable())) {
            throw Cursor.notOurs();
        }
        values.put("afterValue", cursor.value());
        values.put("afterThen", cursor.then());
        values.put("afterTie", cursor.tie());
        String beyond = descending ? " < " : " > ";
        if (cursor.value() == null) {
            List<String> rest = keys.subList(1, keys.size());
            return new Keyset(
                    List.of(" AND " + field.absent() + " AND " + row(rest) + beyond
                            + row(ends.subList(1, ends.size()))),
                    orderBy);
        }
        String after = " AND " + row(keys) + beyond + row(ends);
        return new Keyset(
                field.nullable()
                        ? List.of(" AND " + field.present() + after, " AND " + field.absent())
                        : List.of(after),
                orderBy);
    }

    /** The columns from which the next page's cursor is made. */
    static String columns(ListDefinition list, String order) {
        SortField field = field(list, order);
        SortField then = then(list, field);
        return field.text() + " AS sort_value, " + (then == null ? "NULL" : "(" + then.expression() + ")::text")
                + " AS then_value, " + list.tie() + " AS tie";
    }

    private static SortField field(ListDefinition list, String order) {
        SortField field = list.sorts().get(order.startsWith("-") ? order.substring(1) : order);
        if (field == null) {
            throw ProblemException.invalid(
                    "sort", "must be one of " + String.join(", ", list.sorts().keySet()));
        }
        return field;
    }

    private static @Nullable SortField then(ListDefinition list, SortField field) {
        return field.then() == null ? null : list.sorts().get(field.then());
    }

    private static String row(List<String> members) {
        return "(" + String.join(", ", members) + ")";
    }
}
