package io.atmosfera.integration.source;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.connection.Source;
import io.atmosfera.integration.connection.Sources;
import io.atmosfera.integration.http.NotFoundException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The sources of the routes folder, and all sources as the API lists them. */
@Component("restSources")
public class RestSources {

    private static final String CRAWLS_STREAMS = "-sync-run";

    private final Map<String, RestSource> dropIns = new ConcurrentHashMap<>();
    private final ObjectMapper json;
    private final CamelContext camel;
    private final Sources sources;
    private final RestFailures failures;

    RestSources(ObjectMapper json, CamelContext camel, Sources sources, RestFailures failures) {
        this.failures = failures;
        this.json = json;
        this.camel = camel;
        this.sources = sources;
    }

    void add(RestSource source) {
        dropIns.put(source.name(), source);
        sources.add(source.source(failures));
    }

    /** Whether there is a source of that name, built in or not. */
    boolean has(String name) {
        return sources.has(name);
    }

    RestSource of(String name) {
        return Objects.requireNonNull(dropIns.get(name), "The source was declared before");
    }

    /**
     * The name of a source of the routes folder.
     *
     * @throws NotFoundException if there is none of that name
     */
    public String require(@Nullable String name) {
        if (name == null || !dropIns.containsKey(name)) {
            throw new NotFoundException("There is no source " + name + " in the routes folder.");
        }
        return name;
    }

    /** The sources as the API shows them, those that are built in first. */
    public String json() {
        ArrayNode builtIn = json.createArrayNode();
        ArrayNode others = json.createArrayNode();
        for (Source each : sources.all()) {
            RestSource dropIn = dropIns.get(each.name());
            ObjectNode shown = (dropIn == null ? builtIn : others)
                    .addObject()
                    .put("name", each.name())
                    .put("title", each.title())
                    .put("builtIn", dropIn == null);
            streams(each.name()).forEach(shown.putArray("streams")::add);
            routes(each.name()).forEach(shown.putArray("routes")::add);
            if (dropIn != null) {
                dropIn.describe(shown);
            }
        }
        return builtIn.addAll(others).toString();
    }

    private List<String> streams(String source) {
        RouteDefinition run = ((ModelCamelContext) camel).getRouteDefinition(source + CRAWLS_STREAMS);
        String expression = run == null ? "" : parameter(run, "streams");
        if (expression.isEmpty()) {
            return List.of();
        }
        String streams = camel.resolveLanguage("simple")
                .createExpression(expression)
                .evaluate(new DefaultExchange(camel), String.class);
        return Stream.of(streams.split(",", -1)).map(String::strip).toList();
    }

    private List<String> routes(String source) {
        return camel.getRoutes().stream()
                .map(Route::getId)
                .filter(id -> id.equals(source) || id.startsWith(source + "-"))
                .sorted()
                .toList();
    }

    private static String parameter(RouteDefinition route, String name) {
        Map<String, Object> parameters = route.getTemplateParameters();
        Object value = parameters == null ? null : parameters.get(name);
        return value == null ? "" : value.toString();
    }
}
