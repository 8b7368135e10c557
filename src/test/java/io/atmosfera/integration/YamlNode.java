package io.atmosfera.integration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A place in the YAML of a route file.
 *
 * @param file   the file's path
 * @param parent the keys that lead here; an element of a list bears its list's key
 * @param key    the last of them
 * @param value  a map, a list or a scalar
 */
record YamlNode(String file, List<String> parent, String key, @Nullable Object value) {

    static YamlNode root(String file, Object value) {
        return new YamlNode(file, List.of(), "", value);
    }

    /** The children: a map's entries by their keys, a list's elements under the key of the list. */
    Stream<YamlNode> children() {
        if (value instanceof Map<?, ?> map) {
            List<String> path = path();
            return map.entrySet().stream()
                    .map(entry -> new YamlNode(file, path, String.valueOf(entry.getKey()), entry.getValue()));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(element -> new YamlNode(file, path(), "", element));
        }
        return Stream.empty();
    }

    Stream<YamlNode> descendants() {
        return Stream.concat(Stream.of(this), children().flatMap(YamlNode::descendants));
    }

    /** Whether this is a step: the one entry of an element of a {@code steps} list. */
    boolean isStep() {
        int depth = parent.size();
        return depth >= 2
                && parent.get(depth - 1).isEmpty()
                && parent.get(depth - 2).equals("steps");
    }

    boolean isUnder(String ancestor) {
        return parent.contains(ancestor);
    }

    @Nullable
    Object get(String name) {
        return value instanceof Map<?, ?> map ? map.get(name) : null;
    }

    /** The text of an entry, empty where there is none. */
    String text(String name) {
        Object found = get(name);
        return found == null ? "" : found.toString();
    }

    /** The value of an endpoint's parameter, whether it stands under {@code parameters} or in the URI. */
    boolean hasParameter(String name) {
        boolean listed = get("parameters") instanceof Map<?, ?> parameters && parameters.containsKey(name);
        return listed || uri().matches(".*[?&]" + name + "=.*");
    }

    /** The URI that a step or a consumer names; the short form is the URI itself. */
    String uri() {
        return value instanceof String text ? text : text("uri");
    }

    @Override
    public String toString() {
        String id = text("id");
        return file + ", " + (id.isEmpty() ? (key.isEmpty() ? "its content" : key + " " + uri()) : id);
    }

    private List<String> path() {
        List<String> path = new ArrayList<>(parent);
        path.add(key);
        return path;
    }
}
