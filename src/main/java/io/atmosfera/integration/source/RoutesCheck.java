package io.atmosfera.integration.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Expression;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Looks through a routes folder without a start: no database, no network. Each file has to be one that Camel takes beside
 * the platform's templates, each expression and mapping one that can be read; and each {@code mapping/tests/*.input.json}
 * has to become what stands in its {@code .expected.json}.
 */
public final class RoutesCheck {

    private static final String ARGUMENT = "--check-routes";
    private static final String DECLARES = "rest-source";
    private static final String INPUT = ".input.json";
    private static final String EXPECTED = ".expected.json";

    private final ObjectMapper json = new ObjectMapper();
    private final Path folder;
    private final PrintStream out;
    private int failures;

    private RoutesCheck(Path folder, PrintStream out) {
        this.folder = folder;
        this.out = out;
    }

    /** The folder that the arguments of a start want to be looked through; empty where they want a start. */
    public static Optional<Path> asked(String... arguments) {
        return Stream.of(arguments)
                .filter(argument -> argument.equals(ARGUMENT) || argument.startsWith(ARGUMENT + "="))
                .map(argument ->
                        argument.equals(ARGUMENT) ? RoutesFolder.DEFAULT : argument.substring(ARGUMENT.length() + 1))
                .map(Path::of)
                .findFirst();
    }

    /**
     * Looks through a folder and says to a person what it finds.
     *
     * @return 0 where all is well, else 1: what a process exits with
     */
    public static int of(Path folder) {
        // Without a start nobody has told the log what to leave out.
        LoggingSystem.get(RoutesCheck.class.getClassLoader()).beforeInitialize();
        return of(folder, System.out);
    }

    static int of(Path folder, PrintStream out) {
        RoutesCheck check = new RoutesCheck(folder, out);
        CamelContext camel = new DefaultCamelContext(false);
        try {
            camel.build();
            check.run(camel);
        } catch (RouteFileException wrong) {
            check.failed(String.valueOf(wrong.getMessage()));
        } catch (IOException e) {
            check.failed("A file cannot be read: " + e.getMessage());
        } finally {
            camel.stop();
        }
        out.println(check.failures == 0 ? "All is well." : check.failures + " to be corrected.");
        return check.failures == 0 ? 0 : 1;
    }

    private void run(CamelContext camel) throws IOException {
        if (!Files.isDirectory(folder)) {
            failed(folder + " is no folder");
            return;
        }
        loadTemplates(camel);
        List<RouteFile> files = new RoutesFolder(folder.toString())
                .files().stream().map(RouteFile::read).toList();
        if (files.isEmpty()) {
            failed(folder + " has no *.camel.yaml, nor has a folder in it");
        }
        Set<String> routes = files.stream().flatMap(file -> file.ids().stream()).collect(Collectors.toSet());
        for (RouteFile file : files) {
            file.load(camel);
            out.println(shown(file.path()) + " has " + file.ids().size() + " routes");
            for (RouteFile.Use use : file.uses()) {
                checkExpressions(camel, file, use);
            }
        }
        for (RouteFile file : files) {
            for (RouteFile.Use use : file.uses()) {
                if (use.template().equals(DECLARES)) {
                    checkSource(camel, file, RestSourceName.of(use), routes);
                }
            }
        }
    }

    /** What of a declared source the check goes by. */
    private record RestSourceName(String name, List<String> streams) {

        static RestSourceName of(RouteFile.Use use) {
            return new RestSourceName(
                    use.parameters().getOrDefault("source", ""),
                    RestSource.list(use.parameters().getOrDefault("streams", "")));
        }
    }

    /** The platform's files that have templates, as models that nothing starts. */
    private static void loadTemplates(CamelContext camel) throws IOException {
        for (var file : new PathMatchingResourcePatternResolver().getResources("classpath*:routes/*/*.camel.yaml")) {
            String text = file.getContentAsString(StandardCharsets.UTF_8);
            if (text.contains("routeTemplate:")) {
                Resource resource = ResourceHelper.fromString(Objects.requireNonNull(file.getFilename()), text);
                try {
                    PluginHelper.getRoutesLoader(camel).loadRoutes(resource);
                } catch (Exception e) {
                    throw new IllegalStateException("The platform's own " + file.getFilename() + " is wrong", e);
                }
            }
        }
    }

    private void checkExpressions(CamelContext camel, RouteFile file, RouteFile.Use use) {
        use.parameters().forEach((name, value) -> {
            if (value.contains("${")) {
                try {
                    camel.resolveLanguage("simple").createExpression(value).init(camel);
                } catch (RuntimeException e) {
                    failed(shown(file.path()) + ": " + name + " of " + use.routeId() + " is no simple expression: "
                            + RouteFile.words(e));
                }
            }
        });
    }

    private void checkSource(CamelContext camel, RouteFile file, RestSourceName source, Set<String> routes)
            throws IOException {
        if (source.streams().isEmpty()) {
            failed(shown(file.path()) + ": the source " + source.name() + " names no streams");
        }
        Path mappings = Objects.requireNonNull(file.path().getParent()).resolve("mapping");
        for (String stream : source.streams()) {
            String walk = source.name() + "-stream-" + stream;
            if (!routes.contains(walk)) {
                failed(shown(file.path()) + ": the stream " + stream + " has no route " + walk);
            }
            if (routes.contains(source.name() + "-store-" + stream)) {
                continue;
            }
            Path mapping = mappings.resolve(stream + ".jq");
            if (Files.isRegularFile(mapping)) {
                checkMapping(camel, mapping, stream);
            } else {
                failed(shown(mapping) + " is not there, the mapping of the stream " + stream);
            }
        }
    }

    private void checkMapping(CamelContext camel, Path mapping, String stream) throws IOException {
        Expression jq;
        try {
            jq = camel.resolveLanguage("jq").createExpression(Files.readString(mapping));
            jq.init(camel);
        } catch (RuntimeException e) {
            failed(shown(mapping) + " is no jq: " + RouteFile.words(e));
            return;
        }
        List<Path> inputs = inputs(mapping.resolveSibling("tests"), stream);
        int before = failures;
        for (Path input : inputs) {
            checkPair(camel, jq, mapping, input);
        }
        if (inputs.isEmpty()) {
            out.println(shown(mapping) + " can be read; it has no tests/" + stream + INPUT);
        } else if (failures == before) {
            out.println(shown(mapping) + " gives what " + inputs.size() + " of its tests expect");
        }
    }

    private static List<Path> inputs(Path tests, String stream) throws IOException {
        if (!Files.isDirectory(tests)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(tests)) {
            return files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.endsWith(INPUT) && (name.equals(stream + INPUT) || name.startsWith(stream + "."));
                    })
                    .sorted()
                    .toList();
        }
    }

    private void checkPair(CamelContext camel, Expression jq, Path mapping, Path input) throws IOException {
        Path expected = input.resolveSibling(input.getFileName().toString().replace(INPUT, EXPECTED));
        if (!Files.isRegularFile(expected)) {
            failed(shown(expected) + " is not there, which says what becomes of " + input.getFileName());
            return;
        }
        DefaultExchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(json.readTree(input.toFile()));
        JsonNode given;
        try {
            given = jq.evaluate(exchange, JsonNode.class);
        } catch (RuntimeException e) {
            failed(shown(mapping) + " cannot read " + input.getFileName() + ": " + RouteFile.words(e));
            return;
        }
        String complaint = SourceItems.complaint(given);
        if (complaint != null) {
            failed(shown(mapping) + " cannot be stored: with " + input.getFileName() + " it " + complaint);
        }
        differences("", json.readTree(expected.toFile()), given)
                .forEach((place, difference) ->
                        failed(shown(mapping) + " with " + input.getFileName() + ": " + place + " " + difference));
    }

    /** What two trees differ in, by the place. */
    private static Map<String, String> differences(String place, JsonNode expected, JsonNode given) {
        Map<String, String> all = new LinkedHashMap<>();
        if (expected.isObject() && given.isObject()) {
            Set<String> names = new TreeSet<>();
            expected.fieldNames().forEachRemaining(names::add);
            given.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> all.putAll(differences(place + "." + name, expected.path(name), given.path(name))));
        } else if (expected.isArray() && given.isArray()) {
            for (int i = 0; i < Math.max(expected.size(), given.size()); i++) {
                all.putAll(differences(place + "[" + i + "]", expected.path(i), given.path(i)));
            }
        } else if (!expected.equals(given)) {
            all.put(place.isEmpty() ? "." : place, "is " + text(given) + ", and not " + text(expected));
        }
        return all;
    }

    private static String text(JsonNode value) {
        return value.isMissingNode() ? "missing" : value.toString();
    }

    private String shown(Path file) {
        Path root = folder.toAbsolutePath().normalize();
        return file.startsWith(root) ? folder.resolve(root.relativize(file)).toString() : file.toString();
    }

    private void failed(String what) {
        failures++;
        out.println("WRONG: " + what);
    }
}
