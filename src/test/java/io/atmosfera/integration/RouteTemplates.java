package io.atmosfera.integration;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The routes that Camel makes of templates: what holds for routes has to hold for each of them. */
final class RouteTemplates {

    /** How the names of files begin that stand for what the platform adds to a source. */
    static final String PARTS = "parts of ";

    private final Map<String, Map<?, ?>> templates = new HashMap<>();
    private final List<String> used;

    private RouteTemplates(Collection<Object> files) {
        elements(files, "routeTemplate").forEach(template -> templates.put(text(template, "id"), template));
        this.used = elements(files, "templatedRoute")
                .map(route -> text(route, "routeTemplateRef"))
                .toList();
    }

    static RouteTemplates of(Collection<Object> files) {
        return new RouteTemplates(files);
    }

    /**
     * What the platform adds to each source that is files, as files of their own.
     *
     * @param files each by its path
     * @param parts the content of the file of parts, of a {@code source} or of a {@code stream}
     */
    static Map<String, Object> parts(Map<String, Object> files, Function<String, Object> parts) {
        Map<String, Object> added = new LinkedHashMap<>();
        elements(files.values(), "templatedRoute")
                .filter(use -> text(use, "routeTemplateRef").equals("rest-source"))
                .forEach(use -> {
                    Map<String, String> values = new LinkedHashMap<>();
                    parameters(use).forEach(each -> values.put(text(each, "name"), text(each, "value")));
                    String source = values.getOrDefault("source", "");
                    added.put(PARTS + source, filled(parts.apply("source"), values));
                    for (String stream : values.getOrDefault("streams", "").split(",")) {
                        values.put("stream", stream);
                        added.put(PARTS + source + " " + stream, filled(parts.apply("stream"), values));
                    }
                });
        return added;
    }

    /** A file's content with the routes in place of templates and their uses; a template that is not used stays. */
    Object expand(Object file) {
        if (!(file instanceof List<?> elements)) {
            return file;
        }
        return elements.stream().map(this::element).toList();
    }

    private Object element(Object element) {
        if (!(element instanceof Map<?, ?> map)) {
            return element;
        }
        if (map.get("routeTemplate") instanceof Map<?, ?> template && used.contains(text(template, "id"))) {
            return Map.of();
        }
        if (map.get("templatedRoute") instanceof Map<?, ?> use
                && templates.containsKey(text(use, "routeTemplateRef"))) {
            Map<?, ?> template = Objects.requireNonNull(templates.get(text(use, "routeTemplateRef")));
            Map<String, String> values = new LinkedHashMap<>();
            parameters(template).forEach(each -> values.put(text(each, "name"), text(each, "defaultValue")));
            parameters(use).forEach(each -> values.put(text(each, "name"), text(each, "value")));
            return Map.of("route", filled(Objects.requireNonNull(template.get("route")), values));
        }
        return element;
    }

    private static Object filled(Object node, Map<String, String> values) {
        if (node instanceof Map<?, ?> map) {
            Map<Object, Object> filled = new LinkedHashMap<>();
            map.forEach((key, value) -> filled.put(key, value == null ? "" : filled(value, values)));
            return filled;
        }
        if (node instanceof List<?> list) {
            return list.stream().map(each -> filled(each, values)).toList();
        }
        if (!(node instanceof String text)) {
            return node;
        }
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{{" + value.getKey() + "}}", value.getValue());
        }
        return filled;
    }

    private static Stream<Map<?, ?>> elements(Collection<Object> files, String key) {
        return files.stream()
                .filter(List.class::isInstance)
                .flatMap(file -> ((List<?>) file).stream())
                .map(element -> element instanceof Map<?, ?> map ? map.get(key) : null)
                .flatMap(RouteTemplates::maps);
    }

    private static Stream<Map<?, ?>> parameters(Map<?, ?> element) {
        return element.get("parameters") instanceof List<?> list
                ? list.stream().flatMap(RouteTemplates::maps)
                : Stream.empty();
    }

    private static Stream<Map<?, ?>> maps(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? Stream.of(map) : Stream.empty();
    }

    private static String text(Map<?, ?> element, String name) {
        Object found = element.get(name);
        return found == null ? "" : found.toString();
    }
}
