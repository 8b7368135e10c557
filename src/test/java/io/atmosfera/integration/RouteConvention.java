package io.atmosfera.integration;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How routes and SQL are written here: each rule is a sentence and a check that lists what breaks it. Camel's own build
 * plugins do not read YAML routes; this takes their place.
 */
enum RouteConvention {
    FIRST_ROUTE_BEARS_THE_FILE_NAME(
            "The first route or template of a file bears the file's name as its id.",
            files -> files.routes().entrySet().stream()
                    .filter(file -> !Names.WITHOUT_A_ROUTE_OF_THEIR_NAME.contains(file.getKey()))
                    .filter(file ->
                            !Names.firstRoute(file.getKey(), file.getValue()).equals(Names.stem(file.getKey())))
                    .map(Map.Entry::getKey)),

    ROUTE_HAS_AN_ID("Every route has an id.", files -> Names.routes(files)
            .filter(route -> Names.routeId(route).isEmpty())),

    ROUTE_HAS_A_DESCRIPTION(
            "Every route has a description: one sentence that ends in a full stop.", files -> Names.routes(files)
                    .filter(route ->
                            !Names.SENTENCE.matcher(Names.description(route)).matches())),

    ROUTE_NAMES_ITS_ERROR_HANDLING("Every route says by routeConfigurationId how its failures are handled.", files -> {
        Set<String> configurations =
                Names.values(files, node -> node.key().equals("routeConfiguration") ? node.text("id") : null);
        return Names.routes(files)
                .filter(route -> !configurations.contains(Names.routeOf(route).text("routeConfigurationId")));
    }),

    IDS_ARE_KEBAB_CASE("Ids and the names of direct: and seda: endpoints are kebab-case.", files -> files.routeNodes()
            .filter(node -> {
                String id = node.text("id");
                String name = Names.queue(node.uri());
                return !(id.isEmpty() || Names.KEBAB_CASE.matcher(id).matches())
                        || !(name == null
                                || Names.KEBAB_CASE
                                        .matcher(name.substring(name.indexOf(':') + 1))
                                        .matches());
            })),

    QUEUE_HAS_ONE_CONSUMER("Every direct: and seda: endpoint that is sent to has exactly one consumer.", files -> {
        Map<String, Long> consumers = Names.consumers(files);
        return Names.sentTo(files).stream()
                .filter(name -> consumers.getOrDefault(name, 0L) != 1)
                .map(name -> name + " has " + consumers.getOrDefault(name, 0L) + " consumers");
    }),

    OPERATION_HAS_ONE_ROUTE("Every operationId of the contract has exactly one route.", files -> {
        Map<String, Long> consumers = Names.consumers(files);
        return YamlNode.root("contract", PlatformFiles.parse(files.contract()))
                .descendants()
                // Doors of their own: no route of the front door answers there.
                .filter(node -> node.text("x-door").isEmpty())
                .map(node -> node.text("operationId"))
                .filter(operation -> !operation.isEmpty())
                .filter(operation -> consumers.getOrDefault("direct:" + operation, 0L) != 1);
    }),

    STEP_HAS_AN_ID("Every step has an id, and so has every consumer.", files -> files.routeNodes()
            .filter(node -> node.isStep() || Names.isConsumer(node))
            .filter(node -> node.text("id").isEmpty())),

    STEP_ID_IS_UNIQUE("The id of a step or a consumer stands only once in all files.", files -> {
        Map<String, Long> ids = files.routeNodes()
                .filter(node -> node.isStep() || Names.isConsumer(node))
                .map(node -> node.text("id"))
                .filter(id -> !id.isEmpty())
                .collect(groupingBy(Function.identity(), TreeMap::new, counting()));
        return ids.entrySet().stream().filter(id -> id.getValue() > 1).map(Map.Entry::getKey);
    }),

    SEDA_HAS_A_SIZE(
            "Every seda: consumer has a size: a queue without one takes all the memory there is.",
            files -> files.routeNodes()
                    .filter(Names::isConsumer)
                    .filter(node -> node.uri().startsWith("seda:") && !node.hasParameter("size"))),

    HTTP_IS_GUARDED(
            "Every call by http names the guarded client (httpClient or httpClientConfigurer), and toD names its component.",
            files -> files.routeNodes()
                    .filter(node -> Names.PRODUCERS.contains(node.key()))
                    .filter(node -> Names.target(node).matches("(?s)[${].*")
                            || (Names.target(node).matches("(?s)https?:.*")
                                    && !node.hasParameter("httpClient")
                                    && !node.hasParameter("httpClientConfigurer")))),

    REDELIVERIES_ARE_COUNTED(
            "Whoever removes all headers (*) excludes CamelRedeliver.*: without its count Camel redelivers for ever.",
            files -> files.routeNodes()
                    .filter(node -> node.key().equals("removeHeaders"))
                    .filter(node -> "*".equals(node.value())
                            || (node.text("pattern").equals("*")
                                    && !node.text("excludePattern").startsWith("CamelRedeliver")))),

    SPLIT_TAKES_AN_ARRAY(
            "A split takes an array from jq, not a stream (.x, not .x[]): of a single element Camel would split the fields.",
            files -> files.routeNodes()
                    .filter(Names::isJqOfSplit)
                    .filter(node -> Names.isStream(Names.expression(node)))),

    SQL_IS_USED(
            "Every SQL file is used by a route, by a class or by a list that is searched.",
            files -> files.sql().keySet().stream().filter(path -> {
                String name = path.substring("sql/".length(), path.length() - ".sql".length());
                Pattern use = Pattern.compile("(?<![\\w/-])(?:sql/)?" + Pattern.quote(name) + "(?:\\.sql)?(?![\\w-])");
                return files.sources().noneMatch(text -> use.matcher(text).find())
                        && files.sql().values().stream().noneMatch(list -> list.contains("-- search: " + name + "\n"));
            })),

    SQL_SAYS_WHAT_IT_IS_FOR(
            "The first line of a SQL file is a comment that says what it is for.",
            files -> files.sql().entrySet().stream()
                    .filter(file -> !file.getValue().matches("(?s)-- \\w.*"))
                    .map(Map.Entry::getKey)),

    SQL_TAKES_PARAMETERS(
            "Values come into SQL as parameters (:#${…}), never as text and never between quotes.",
            files -> files.sql().entrySet().stream()
                    .filter(file -> {
                        String statement =
                                Names.SQL_COMMENT.matcher(file.getValue()).replaceAll("");
                        return Names.TEXT_IN_SQL.matcher(statement).find()
                                || Names.SQL_LITERAL
                                        .matcher(statement)
                                        .results()
                                        .map(MatchResult::group)
                                        .anyMatch(literal -> literal.contains("${"));
                    })
                    .map(Map.Entry::getKey)),

    NO_CODE_IN_YAML("Routes hold no code: no process, no script, no groovy.", files -> files.routeNodes()
            .filter(node -> Set.of("process", "script", "groovy").contains(node.key()))),

    ROUTES_ARE_CALLED_BY_STEPS(
            "A step calls a route, not a bean whose argument names it: Hawtio draws only steps.",
            files -> files.routeNodes()
                    .filter(node -> node.text("method").contains("direct:")
                            || node.text("method").contains("seda:")
                            || node.text("method").contains("sql:"))),

    BEANS_ARE_STEPS(
            "A bean that a route calls is a step: at most 8 % of the steps have one in a condition, or in what a variable, the"
                    + " body or a header is set to.",
            files -> Names.over(
                    8,
                    files,
                    node -> node.key().equals("method")
                            && node.value() instanceof Map
                            && Names.isValue(node.parent()))),

    FEW_STEPS_SET_VARIABLES(
            "What flows is the body: at most 15 % of the steps set variables.",
            files -> Names.over(15, files, node -> node.isStep() && node.key().startsWith("setVariable"))),

    ROUTE_IS_SHORT(
            "A route has at most 12 steps; those within a step are counted as one with it.", files -> files.routeNodes()
                    .filter(Names::isConsumer)
                    .filter(node -> node.get("steps") instanceof List<?> steps && steps.size() > Names.MOST_STEPS)),

    FILE_IS_SHORT("A file of routes has at most 150 lines.", files -> files.routes().entrySet().stream()
            .filter(file -> file.getValue().lines().count() > Names.MOST_LINES)
            .map(Map.Entry::getKey)),

    DIRECT_ROUTE_SAYS_ITS_SIGNATURE(
            "A direct: route says in a comment what goes in and out (# in: … · out: …); of an operation the contract says it.",
            files -> new RouteSignatures(files).unsigned()),

    SIGNATURE_NAMES_WHAT_IS_READ(
            "The in of a signature names each variable that the route's steps read before they set it, with the SQL, jq and"
                    + " annotated bean methods that they name, and no other unless a route that they call names it; what"
                    + " its out names they set; a route without a signature reads none.",
            files -> new RouteSignatures(files).violations());

    private final String sentence;
    private final Function<PlatformFiles, Stream<?>> check;

    RouteConvention(String sentence, Function<PlatformFiles, Stream<?>> check) {
        this.sentence = sentence;
        this.check = check;
    }

    String sentence() {
        return sentence;
    }

    /** What breaks the rule, each with the place where it does. */
    List<String> violations(PlatformFiles files) {
        return check.apply(files).map(String::valueOf).distinct().toList();
    }

    private static final class Names {

        /** What these hold is named by others: the contract, the configurations, the answers. */
        static final Set<String> WITHOUT_A_ROUTE_OF_THEIR_NAME = Set.of(
                "routes/http/integration-api.camel.yaml",
                "routes/http/error-handling.camel.yaml",
                "routes/http/json-answers.camel.yaml");

        static final Set<String> PRODUCERS = Set.of("to", "toD", "wireTap", "enrich", "pollEnrich", "poll");

        static final Pattern KEBAB_CASE = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)*");
        static final Pattern SENTENCE = Pattern.compile("(?s)[A-Z](?:(?![.!?]\\s+[A-Z]).)*[^.\\s]\\.");
        static final Pattern SQL_COMMENT = Pattern.compile("--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);
        static final Pattern SQL_LITERAL = Pattern.compile("'(?:[^']|'')*'");
        static final Pattern TEXT_IN_SQL = Pattern.compile("(?<!:#)(?<!:#in:)\\$\\{");

        static final int MOST_STEPS = 12;
        static final int MOST_LINES = 150;

        private static final int ALL = 100;

        private static final Pattern QUEUE = Pattern.compile("((?:direct|seda):[^?$]+)(?:\\?.*)?");
        private static final Pattern JAVA_CONSUMER = Pattern.compile("from\\(\\s*\"((?:direct|seda):[^\"?]+)");
        private static final Pattern JAVA_NAME = Pattern.compile("\"((?:direct|seda):[\\w-]+)[?\"]");

        private Names() {}

        /** The share of the nodes in the steps, where it is more than so many percent; a template counts once. */
        static Stream<String> over(int percent, PlatformFiles files, Predicate<YamlNode> which) {
            List<YamlNode> nodes = files.routes().entrySet().stream()
                    .flatMap(file -> YamlNode.root(file.getKey(), PlatformFiles.parse(file.getValue()))
                            .descendants())
                    .toList();
            long steps = nodes.stream().filter(YamlNode::isStep).count();
            long found = nodes.stream().filter(which).count();
            return found * ALL <= percent * steps
                    ? Stream.empty()
                    : Stream.of(found + " of " + steps + " steps are more than " + percent + " %");
        }

        /** Whether an expression is a value or a condition; what is split or enriched with is neither. */
        static boolean isValue(List<String> parent) {
            int last = parent.size() - 1;
            return last > 0
                    && parent.get(last).equals("expression")
                    && !Set.of("split", "enrich", "onWhen").contains(parent.get(last - 1));
        }

        static Stream<YamlNode> routes(PlatformFiles files) {
            return files.routeNodes()
                    .filter(node -> Set.of("route", "routeTemplate").contains(node.key()))
                    .filter(node -> !node.isUnder("routeTemplate"));
        }

        static String routeId(YamlNode route) {
            return route.text("id");
        }

        /** The route itself: of a template the route inside. */
        static YamlNode routeOf(YamlNode route) {
            return route.key().equals("routeTemplate")
                    ? route.children()
                            .filter(child -> child.key().equals("route"))
                            .findFirst()
                            .orElse(route)
                    : route;
        }

        static String description(YamlNode route) {
            String own = route.text("description");
            return (own.isEmpty() ? routeOf(route).text("description") : own).strip();
        }

        static String firstRoute(String path, String yaml) {
            List<YamlNode> nodes =
                    YamlNode.root(path, PlatformFiles.parse(yaml)).descendants().toList();
            return nodes.stream()
                    .filter(node -> Set.of("route", "routeTemplate").contains(node.key()))
                    .map(Names::routeId)
                    .findFirst()
                    .or(() -> nodes.stream()
                            .filter(node -> node.key().equals("templatedRoute"))
                            .map(node -> node.text("routeId"))
                            .findFirst())
                    .orElse("");
        }

        static String stem(String path) {
            return path.substring(path.lastIndexOf('/') + 1, path.length() - ".camel.yaml".length());
        }

        static boolean isConsumer(YamlNode node) {
            return node.key().equals("from");
        }

        static @Nullable String queue(String uri) {
            var name = QUEUE.matcher(uri);
            return name.matches() ? name.group(1) : null;
        }

        static Map<String, Long> consumers(PlatformFiles files) {
            return Stream.concat(
                            files.routeNodes()
                                    .filter(Names::isConsumer)
                                    .map(node -> queue(node.uri()))
                                    .flatMap(Stream::ofNullable),
                            files.java().values().stream()
                                    .flatMap(text -> JAVA_CONSUMER.matcher(text).results())
                                    .map(found -> found.group(1)))
                    .collect(groupingBy(Function.identity(), counting()));
        }

        static Set<String> sentTo(PlatformFiles files) {
            Set<String> names = values(
                    files,
                    node -> PRODUCERS.contains(node.key()) || node.key().equals("deadLetterUri")
                            ? queue(target(node))
                            : null);
            files.java().values().stream()
                    .map(text -> JAVA_CONSUMER.matcher(text).replaceAll(""))
                    .flatMap(text -> JAVA_NAME.matcher(text).results())
                    .forEach(found -> names.add(found.group(1)));
            return names;
        }

        static Set<String> values(PlatformFiles files, Function<YamlNode, @Nullable String> value) {
            Set<String> values = new TreeSet<>();
            files.routeNodes().map(value).flatMap(Stream::ofNullable).forEach(values::add);
            return values;
        }

        /** Where a producer sends to: its URI, of an enrich its expression. */
        static String target(YamlNode producer) {
            return producer.uri().isEmpty()
                    ? producer.descendants()
                            .filter(node -> Set.of("constant", "simple").contains(node.key()))
                            .map(Names::expression)
                            .findFirst()
                            .orElse("")
                    : producer.uri();
        }

        static String expression(YamlNode language) {
            return language.value() instanceof String text ? text : language.text("expression");
        }

        static boolean isJqOfSplit(YamlNode node) {
            List<String> parent = node.parent();
            int last = parent.size() - 1;
            return node.key().equals("jq")
                    && last > 0
                    && (parent.get(last).equals("split")
                            || (parent.get(last).equals("expression")
                                    && parent.get(last - 1).equals("split")));
        }

        /** Whether jq's {@code []} stands outside of brackets that would make an array of what it yields. */
        static boolean isStream(String jq) {
            int depth = 0;
            for (int at = 0; at < jq.length(); at++) {
                if (depth == 0 && jq.startsWith("[]", at)) {
                    return at > 0;
                }
                depth += jq.charAt(at) == '[' ? 1 : jq.charAt(at) == ']' ? -1 : 0;
            }
            return false;
        }
    }
}
