package io.atmosfera.integration;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares what the signatures of routes say with what their steps read and set. */
final class RouteSignatures {

    /** The front door and the webhooks' door set these before a route begins. */
    private static final Set<String> GIVEN = Set.of("parameters", "visitor");

    private static final Pattern OPERATION = Pattern.compile("operationId:\\s*([\\w-]+)");
    private static final Pattern BLOCK = Pattern.compile("(?m)^(?=- \\w)");
    private static final Pattern SIGNATURE = Pattern.compile("# in: (.+) · out: (.+)");
    private static final Pattern VARIABLES = Pattern.compile("\\bvariables?\\b(.*)");
    private static final Pattern IN_PARENTHESES = Pattern.compile("\\([^()]*\\)");
    private static final Pattern WORD = Pattern.compile("\\w+");

    private static final Pattern READ = Pattern.compile("\\$\\{variable\\.(\\w+)|variable\\(\"(\\w+)\"\\)");
    private static final Pattern SQL = Pattern.compile("sql:classpath:(sql/[\\w/.-]+?\\.sql)");
    private static final Pattern SQL_COMMENT = Pattern.compile("--[^\\n]*");
    private static final Pattern JQ = Pattern.compile("resource:classpath:(routes/[\\w/.-]+\\.jq)");
    private static final Pattern DIRECT = Pattern.compile("direct:[^\\s?\"']+");
    private static final Pattern WILD = Pattern.compile("\\$\\{[^}]*}|\\{\\{[^}]*}}");
    private static final Pattern COMPONENT = Pattern.compile("@Component\\(\"(\\w+)\"\\)");
    private static final Pattern ANNOTATED = Pattern.compile("@Variable\\(\"(\\w+)\"\\)");

    /** Steps within a step: what is read there is read by them. */
    private static final Set<String> INNER = Set.of("steps", "when", "otherwise", "doCatch", "doFinally");

    private final PlatformFiles files;
    private final Map<String, String> beans = new HashMap<>();
    private final List<Route> routes = new ArrayList<>();
    private final Set<String> variables = new LinkedHashSet<>();

    /**
     * A route, or the template of some.
     *
     * @param consumers  its names; of a template also those of the routes that come of it
     * @param uses       of a template what each route that comes of it puts into it
     */
    private record Route(
            String place, String text, @Nullable Object steps, Set<String> consumers, List<Map<String, String>> uses) {

        @Nullable
        MatchResult signature() {
            return SIGNATURE.matcher(text).results().findFirst().orElse(null);
        }
    }

    RouteSignatures(PlatformFiles files) {
        this.files = files;
        files.java()
                .values()
                .forEach(java -> COMPONENT.matcher(java).results().forEach(bean -> beans.put(bean.group(1), java)));
        Map<String, Route> templates = new HashMap<>();
        List<Map<?, ?>> uses = new ArrayList<>();
        files.routes()
                .forEach((path, yaml) -> BLOCK.splitAsStream(yaml).forEach(text -> read(path, text, templates, uses)));
        uses.forEach(use -> use(use, templates.get(String.valueOf(use.get("routeTemplateRef")))));
        routes.forEach(route -> new Reading(route, false).named().forEach(variables::add));
    }

    private void read(String path, String text, Map<String, Route> templates, List<Map<?, ?>> uses) {
        if (!(PlatformFiles.parse(text) instanceof List<?> list) || !(list.get(0) instanceof Map<?, ?> block)) {
            return;
        }
        if (block.get("templatedRoute") instanceof Map<?, ?> use) {
            uses.add(use);
        }
        Map<?, ?> outer = map(block.containsKey("route") ? block.get("route") : block.get("routeTemplate"));
        Map<?, ?> from = map((block.containsKey("route") ? outer : map(outer.get("route"))).get("from"));
        if (from.isEmpty()) {
            return;
        }
        Set<String> consumers = new LinkedHashSet<>(Set.of(String.valueOf(from.get("uri"))));
        String id = String.valueOf(outer.get("id"));
        Route route = new Route(path + ", " + id, text, from.get("steps"), consumers, new ArrayList<>());
        routes.add(route);
        if (block.containsKey("routeTemplate")) {
            templates.put(id, route);
        }
    }

    private static void use(Map<?, ?> use, @Nullable Route template) {
        if (template == null) {
            return;
        }
        Map<String, String> values = new LinkedHashMap<>();
        if (use.get("parameters") instanceof List<?> parameters) {
            parameters.forEach(parameter -> values.put(
                    "{{" + map(parameter).get("name") + "}}",
                    String.valueOf(map(parameter).get("value"))));
        }
        template.consumers().add(filled(template.consumers().iterator().next(), values));
        template.uses().add(values);
    }

    private static String filled(String text, Map<String, String> values) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace(value.getKey(), value.getValue());
        }
        return filled;
    }

    /** The {@code direct:} routes without a signature that are no operation of the contract. */
    Stream<String> unsigned() {
        Set<String> operations = new LinkedHashSet<>();
        OPERATION.matcher(files.contract()).results().forEach(found -> operations.add("direct:" + found.group(1)));
        return routes.stream()
                .filter(route -> route.signature() == null
                        && route.consumers().stream().allMatch(consumer -> consumer.startsWith("direct:"))
                        && route.consumers().stream().noneMatch(operations::contains))
                .map(Route::place);
    }

    /** What a signature does not say and should, and what it says and should not. */
    Stream<String> violations() {
        return routes.stream().flatMap(this::violations);
    }

    private Stream<String> violations(Route route) {
        Reading reading = new Reading(route, true);
        Set<String> in = in(route);
        Set<String> out = out(route);
        return Stream.of(
                        reading.needed.stream()
                                .filter(name -> !in.contains(name))
                                .map(name -> "reads the variable " + name + ", which its in does not name"),
                        in.stream()
                                .filter(name -> !reading.everything
                                        && !reading.needed.contains(name)
                                        && !reading.passed.contains(name))
                                .map(name -> "does not read the variable " + name + ", which its in names"),
                        out.stream()
                                .filter(name -> !reading.set.contains(name))
                                .map(name -> "does not set the variable " + name + ", which its out names"))
                .flatMap(found -> found)
                .map(found -> route.place() + ": " + found);
    }

    private Set<String> in(Route route) {
        MatchResult signature = route.signature();
        return signature == null ? Set.of() : variables(signature.group(1));
    }

    private Set<String> out(Route route) {
        MatchResult signature = route.signature();
        return signature == null ? Set.of() : variables(signature.group(2));
    }

    /** The variables that a text names behind the word: of what stands in parentheses they are none. */
    private Set<String> variables(String text) {
        Set<String> names = new LinkedHashSet<>();
        VARIABLES
                .matcher(IN_PARENTHESES.matcher(text).replaceAll(""))
                .results()
                .flatMap(found -> WORD.matcher(found.group(1)).results())
                .map(MatchResult::group)
                .filter(variables::contains)
                .forEach(names::add);
        return names;
    }

    /** The routes that a URI leads to; a part that is only known when it runs stands for any name. */
    private List<Route> called(String uri) {
        StringBuilder name = new StringBuilder();
        Matcher part = WILD.matcher(uri);
        int at = 0;
        while (part.find()) {
            name.append(Pattern.quote(uri.substring(at, part.start()))).append("[\\w{}-]+");
            at = part.end();
        }
        Pattern pattern =
                Pattern.compile(name.append(Pattern.quote(uri.substring(at))).toString());
        return routes.stream()
                .filter(route -> route.consumers().stream()
                        .anyMatch(consumer -> pattern.matcher(consumer).matches()))
                .toList();
    }

    private static Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    /** What the steps of a route read and set, one after the other. */
    private final class Reading {

        final Set<String> needed = new LinkedHashSet<>();
        final Set<String> passed = new LinkedHashSet<>();
        final Set<String> set = new LinkedHashSet<>();
        boolean everything;

        private final boolean following;
        private final List<Map<String, String>> uses;
        private Set<String> known = new LinkedHashSet<>();

        Reading(Route route, boolean following) {
            this.following = following;
            this.uses = route.uses();
            steps(route.steps());
        }

        Stream<String> named() {
            return Stream.of(needed, passed, set).flatMap(Set::stream);
        }

        private void steps(@Nullable Object steps) {
            for (Object step : list(steps)) {
                map(step)
                        .forEach((kind, value) -> step(
                                String.valueOf(kind),
                                value instanceof Map<?, ?> map ? map : Map.of("uri", String.valueOf(value))));
            }
        }

        private void step(String kind, Map<?, ?> step) {
            if (kind.equals("setVariables")) {
                for (Object variable : list(step.get("variables"))) {
                    expression(map(variable).get("expression"));
                    sets(map(variable).get("name"));
                }
                return;
            }
            expression(step);
            if (kind.equals("setVariable") || kind.equals("removeVariable")) {
                sets(step.get("name"));
            }
            if (Set.of("to", "toD", "wireTap", "enrich").contains(kind)) {
                calls(text(step), !kind.equals("enrich"));
            }
            sets(step.get("variableReceive"));
            // What is set in a copy of the message stays there.
            Set<String> before = new LinkedHashSet<>(known);
            steps(step.get("steps"));
            if (kind.equals("split")) {
                known = before;
            }
            for (Object when : list(step.get("when"))) {
                expression(when);
                steps(map(when).get("steps"));
            }
            steps(map(step.get("otherwise")).get("steps"));
            list(step.get("doCatch")).forEach(caught -> steps(map(caught).get("steps")));
            steps(map(step.get("doFinally")).get("steps"));
        }

        private void expression(@Nullable Object node) {
            String text = text(node);
            everything |= text.contains("${exchange.variables}");
            read(text).forEach(this::reads);
            uses.forEach(values -> read(filled(text, values)).forEach(passed::add));
            annotated(node).forEach(this::reads);
        }

        private void reads(String name) {
            if (!known.contains(name) && !GIVEN.contains(name)) {
                needed.add(name);
            }
        }

        private void sets(@Nullable Object name) {
            if (name != null) {
                known.add(name.toString());
                set.add(name.toString());
            }
        }

        private void calls(String text, boolean isGivingBack) {
            if (!following) {
                return;
            }
            List<Route> found = DIRECT.matcher(text)
                    .results()
                    .flatMap(uri -> called(uri.group()).stream())
                    .toList();
            found.forEach(route -> passed.addAll(in(route)));
            if (isGivingBack) {
                found.forEach(route -> out(route).forEach(this::sets));
            }
        }

        /** What a text reads, with the files that it names. */
        private Stream<String> read(String text) {
            Stream<String> sql = SQL.matcher(text)
                    .results()
                    .map(file -> files.sql().getOrDefault(file.group(1), ""))
                    .map(statement -> SQL_COMMENT.matcher(statement).replaceAll(""));
            Stream<String> jq = JQ.matcher(text).results().map(file -> PlatformFiles.resource(file.group(1)));
            return Stream.of(Stream.of(text), sql, jq)
                    .flatMap(texts -> texts)
                    .flatMap(one -> READ.matcher(one).results())
                    .map(found -> found.group(1) == null ? found.group(2) : found.group(1));
        }

        /** What bean methods ask for by themselves, where a route passes them no arguments or a star. */
        private Stream<String> annotated(@Nullable Object node) {
            if (node instanceof List<?> list) {
                return list.stream().flatMap(this::annotated);
            }
            if (!(node instanceof Map<?, ?> map)) {
                return Stream.empty();
            }
            String uri = String.valueOf(map.get("uri"));
            String bean = uri.startsWith("bean:") ? uri.substring("bean:".length()) : String.valueOf(map.get("ref"));
            Object method =
                    map.get("method") == null ? map(map.get("parameters")).get("method") : map.get("method");
            Stream<String> inside = map.entrySet().stream()
                    .filter(entry -> !INNER.contains(String.valueOf(entry.getKey())))
                    .flatMap(entry -> annotated(entry.getValue()));
            return method instanceof String call && beans.containsKey(bean)
                    ? Stream.concat(annotated(Objects.requireNonNull(beans.get(bean)), call), inside)
                    : inside;
        }

        private Stream<String> annotated(String java, String call) {
            if (call.contains("(") && !call.contains("*")) {
                return Stream.empty();
            }
            String name = call.contains("(") ? call.substring(0, call.indexOf('(')) : call;
            return Pattern.compile("public [\\w<>\\[\\], @.?]+ " + Pattern.quote(name) + "\\(([^{;]*)\\{")
                    .matcher(java)
                    .results()
                    .flatMap(method -> ANNOTATED.matcher(method.group(1)).results())
                    .map(found -> found.group(1));
        }

        /** All text of a step but that of the steps within. */
        private static String text(@Nullable Object node) {
            Deque<Object> open = new ArrayDeque<>();
            StringBuilder text = new StringBuilder();
            if (node != null) {
                open.push(node);
            }
            while (!open.isEmpty()) {
                Object next = open.pop();
                if (next instanceof Map<?, ?> map) {
                    map.forEach((key, value) -> {
                        if (value != null && !INNER.contains(String.valueOf(key))) {
                            open.push(value);
                        }
                    });
                } else if (next instanceof List<?> list) {
                    list.forEach(open::push);
                } else {
                    text.append(next).append('\n');
                }
            }
            return text.toString();
        }
    }
}
