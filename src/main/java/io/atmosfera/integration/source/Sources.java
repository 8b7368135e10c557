package io.atmosfera.integration.source;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.http.NotFoundException;
import io.atmosfera.integration.http.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which sources there are. Nothing lists them: each is known by the routes that were loaded. */
@Component("sources")
public class Sources {

    /** Each source, built in or not, has a route that starts its syncs; the rest of its id is the source. */
    private static final String STARTS_SYNCS = "-sync-api";

    private static final String WALKS_STREAMS = "-sync-run";

    private final Map<String, RestSource> dropIns = new ConcurrentHashMap<>();
    private final ObjectMapper json;
    private final CamelContext camel;

    Sources(ObjectMapper json, CamelContext camel) {
        this.json = json;
        this.camel = camel;
    }

    void add(RestSource source) {
        dropIns.put(source.name(), source);
    }

    /** Whether there is a source of that name, built in or not. */
    boolean has(String name) {
        return dropIns.containsKey(name) || model().getRouteDefinition(name + STARTS_SYNCS) != null;
    }

    /**
     * Passes for a source that there is, built in or not.
     *
     * @throws ProblemException 400 for any other
     */
    public void requireKnown(String name) {
        if (!has(name)) {
            throw ProblemException.invalid("integrationType", "is no source; GET /api/sources lists them");
        }
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
        ArrayNode all = json.createArrayNode();
        Map<String, ObjectNode> others = new TreeMap<>();
        for (RouteDefinition starts : startsOfSyncs().toList()) {
            String name = starts.getId().substring(0, starts.getId().length() - STARTS_SYNCS.length());
            boolean builtIn = !dropIns.containsKey(name);
            ObjectNode source = json.createObjectNode()
                    .put("name", name)
                    .put("title", parameter(starts, "name"))
                    .put("builtIn", builtIn);
            streams(name).forEach(source.putArray("streams")::add);
            routes(name).forEach(source.putArray("routes")::add);
            if (builtIn) {
                all.add(source);
            } else {
                of(name).describe(source);
                others.put(name, source);
            }
        }
        return all.addAll(others.values()).toString();
    }

    private Stream<RouteDefinition> startsOfSyncs() {
        return model().getRouteDefinitions().stream()
                .filter(route -> route.getId().endsWith(STARTS_SYNCS))
                .filter(route -> !parameter(route, "name").isEmpty());
    }

    private List<String> streams(String source) {
        RouteDefinition run = model().getRouteDefinition(source + WALKS_STREAMS);
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

    private ModelCamelContext model() {
        return (ModelCamelContext) camel;
    }
}
