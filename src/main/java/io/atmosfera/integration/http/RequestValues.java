package io.atmosfera.integration.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request gives by its query, read once at the door into the types of the contract: routes and statements get a
 * number or a time, never a text that only looks like one. The variable {@link #VARIABLE} has it.
 */
public final class RequestValues {

    /** The variable of the exchange. */
    static final String VARIABLE = "parameters";

    private final Map<String, List<Object>> values;

    RequestValues(Map<String, List<Object>> values) {
        this.values = values;
    }

    /** The first value of a parameter; null where the request does not give it. */
    public @Nullable Object first(String name) {
        List<Object> given = values.get(name);
        return given == null || given.isEmpty() ? null : given.get(0);
    }

    /** The first value of a parameter that is a text. */
    @Nullable
    String text(String name) {
        Object value = first(name);
        return value == null ? null : value.toString();
    }

    /** The names of the parameters that are given, each with all its values. */
    Map<String, List<Object>> all() {
        return values;
    }

    /** The first value of each parameter. */
    Map<String, @Nullable Object> firsts() {
        Map<String, @Nullable Object> firsts = new LinkedHashMap<>();
        values.keySet().forEach(name -> firsts.put(name, first(name)));
        return firsts;
    }
}
