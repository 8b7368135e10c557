package io.atmosfera.integration.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A file of routes in Camel's YAML.
 *
 * @param path where it is
 * @param uses the templated routes in it
 * @param ids  of the routes that it brings
 */
record RouteFile(Path path, List<Use> uses, List<String> ids) {

    private static final Pattern CLASS_NAME =
            Pattern.compile("\\b(?:[a-z][a-z0-9]*\\.)+(?:[A-Z]\\w*)(?:\\$\\w+)*:?\\s?");
    private static final String ID = "id";

    /**
     * A templated route.
     *
     * @param template   whose instance it is
     * @param routeId    the id of the route that comes of it; empty where it does not say
     * @param parameters what it says besides
     */
    record Use(String template, String routeId, Map<String, String> parameters) {

        /** The same with values in the place of {@code {{name}}}. */
        Use filled(Map<String, String> values) {
            Map<String, String> filled = new LinkedHashMap<>();
            parameters.forEach((name, value) -> filled.put(name, fill(value, values)));
            return new Use(template, fill(routeId, values), filled);
        }

        void addTo(CamelContext camel) {
            TemplatedRouteBuilder route =
                    TemplatedRouteBuilder.builder(camel, template).routeId(routeId);
            parameters.forEach(route::parameter);
            route.add();
        }

        /** The parameters with those that the template gives where they are left out. */
        Map<String, String> complete(CamelContext camel) {
            Map<String, String> all = new LinkedHashMap<>();
            RouteTemplateDefinition definition = ((ModelCamelContext) camel).getRouteTemplateDefinition(template);
            definition.getTemplateParameters().forEach(parameter -> {
                if (parameter.getDefaultValue() != null) {
                    all.put(parameter.getName(), parameter.getDefaultValue());
                }
            });
            all.putAll(parameters);
            return all;
        }

        private static String fill(String text, Map<String, String> values) {
            String filled = text;
            for (Map.Entry<String, String> value : values.entrySet()) {
                filled = filled.replace("{{" + value.getKey() + "}}", value.getValue());
            }
            return filled;
        }
    }

    /**
     * Reads what a file brings.
     *
     * @throws RouteFileException where it is no YAML, or no list as Camel's routes are
     */
    static RouteFile read(Path path) {
        try {
            return of(path, Files.readString(path));
        } catch (IOException e) {
            throw new RouteFileException(path, "it cannot be read: " + e.getMessage(), e);
        }
    }

    /** The templated routes of a file of the platform's own, which is no route file for Camel. */
    static List<Use> parts(String resource) {
        try (var stream = RouteFile.class.getResourceAsStream("/" + resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not there");
            }
            return of(Path.of(resource), new String(stream.readAllBytes(), StandardCharsets.UTF_8)).uses;
        } catch (IOException e) {
            throw new IllegalStateException(resource + " cannot be read", e);
        }
    }

    private static RouteFile of(Path path, String text) {
        Object parsed;
        try {
            parsed = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        } catch (YAMLException e) {
            throw new RouteFileException(path, "it is no YAML: " + words(e), e);
        }
        if (!(parsed instanceof List<?> elements)) {
            throw new RouteFileException(path, "it has to be a list of routes, each behind a hyphen", null);
        }
        List<Use> uses = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (Object element : elements) {
            if (element instanceof Map<?, ?> map) {
                if (map.get("templatedRoute") instanceof Map<?, ?> use) {
                    uses.add(use(use));
                    ids.add(text(use, "routeId"));
                }
                if (map.get("route") instanceof Map<?, ?> route) {
                    ids.add(text(route, ID));
                }
            }
        }
        ids.removeIf(String::isEmpty);
        return new RouteFile(path, List.copyOf(uses), List.copyOf(ids));
    }

    private static Use use(Map<?, ?> use) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (use.get("parameters") instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> parameter) {
                    parameters.put(text(parameter, "name"), text(parameter, "value"));
                }
            }
        }
        return new Use(text(use, "routeTemplateRef"), text(use, "routeId"), parameters);
    }

    private static String text(Map<?, ?> map, String name) {
        Object value = map.get(name);
        return value == null ? "" : value.toString();
    }

    /**
     * Gives the file to Camel.
     *
     * @throws RouteFileException where Camel does not take it, or knows a route of the same id already
     */
    void load(CamelContext camel) {
        for (String id : ids) {
            if (camel.getRoute(id) != null || ((ModelCamelContext) camel).getRouteDefinition(id) != null) {
                throw new RouteFileException(path, "there is a route " + id + " already, which it would replace", null);
            }
        }
        try {
            PluginHelper.getRoutesLoader(camel)
                    .loadRoutes(ResourceHelper.resolveMandatoryResource(camel, "file:" + path));
        } catch (Exception e) {
            throw new RouteFileException(path, words(e), e);
        }
    }

    /** What a failure says at its root, without the names of classes and with its lines in one. */
    static String words(Throwable failure) {
        Throwable root = failure;
        String message = null;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
            message = cause.getMessage() == null ? message : cause.getMessage();
        }
        String said = message == null ? root.getClass().getSimpleName() : message;
        Matcher named = CLASS_NAME.matcher(said);
        return named.replaceAll("").replaceAll("\\s+", " ").strip().replaceFirst("\\.$", "");
    }
}
