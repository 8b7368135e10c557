package io.atmosfera.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/**
 * The platform's text files as the guards read them, each by its path: routes and SQL below {@code src/main/resources},
 * Java below {@code src/main/java}, the contract, the configuration.
 */
record PlatformFiles(
        SortedMap<String, String> routes,
        SortedMap<String, String> sql,
        SortedMap<String, String> java,
        String contract,
        String configuration) {

    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final Path JAVA = Path.of("src/main/java");

    /** The files of this repository. */
    static PlatformFiles ofRepository() {
        SortedMap<String, String> routes = new TreeMap<>(read(RESOURCES, "routes", ".camel.yaml"));
        // What users drop in keeps to the same rules, and their steps are those of templates that nobody else uses.
        routes.putAll(read(Path.of(""), "examples", ".camel.yaml"));
        return new PlatformFiles(
                Collections.unmodifiableSortedMap(routes),
                read(RESOURCES, "sql", ".sql"),
                read(JAVA, "io", ".java"),
                read(RESOURCES.resolve("openapi/integration-api.yaml")),
                read(RESOURCES.resolve("application.yaml")));
    }

    /** No file at all: what the examples of the guards start from. */
    static PlatformFiles none() {
        return new PlatformFiles(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), "paths: {}", "camel: {}");
    }

    PlatformFiles withRoute(String path, String yaml) {
        return new PlatformFiles(with(routes, path, yaml), sql, java, contract, configuration);
    }

    PlatformFiles withSql(String path, String text) {
        return new PlatformFiles(routes, with(sql, path, text), java, contract, configuration);
    }

    PlatformFiles withJava(String path, String text) {
        return new PlatformFiles(routes, sql, with(java, path, text), contract, configuration);
    }

    PlatformFiles withContract(String yaml) {
        return new PlatformFiles(routes, sql, java, yaml, configuration);
    }

    PlatformFiles withConfiguration(String yaml) {
        return new PlatformFiles(routes, sql, java, contract, yaml);
    }

    /** Every node of the routes' YAML, depth first, with the routes that come of templates in the templates' place. */
    Stream<YamlNode> routeNodes() {
        Map<String, Object> parsed = new TreeMap<>();
        routes.forEach((path, yaml) -> parsed.put(path, parse(yaml)));
        parsed.putAll(RouteTemplates.parts(parsed, PlatformFiles::partsOfSources));
        RouteTemplates templates = RouteTemplates.of(parsed.values());
        return parsed.entrySet().stream()
                .flatMap(file -> YamlNode.root(file.getKey(), templates.expand(file.getValue()))
                        .descendants());
    }

    private static Object partsOfSources(String of) {
        return parse(read(RESOURCES.resolve("routes/source/rest-" + of + ".parts.yaml")));
    }

    /** All text in which a file may be named: routes and Java. */
    Stream<String> sources() {
        return Stream.concat(routes.values().stream(), java.values().stream());
    }

    static Object parse(String yaml) {
        Object parsed = new Yaml().load(yaml);
        return parsed == null ? Map.of() : parsed;
    }

    /** The text of another file below {@code src/main/resources}; empty if there is none. */
    static String resource(String path) {
        Path file = RESOURCES.resolve(path);
        return Files.exists(file) ? read(file) : "";
    }

    private static SortedMap<String, String> with(SortedMap<String, String> files, String path, String text) {
        SortedMap<String, String> more = new TreeMap<>(files);
        more.put(path, text);
        return more;
    }

    private static SortedMap<String, String> read(Path root, String folder, String ending) {
        SortedMap<String, String> files = new TreeMap<>();
        for (Path file : walk(root.resolve(folder))) {
            if (file.toString().endsWith(ending)) {
                files.put(root.relativize(file).toString().replace('\\', '/'), read(file));
            }
        }
        return Collections.unmodifiableSortedMap(files);
    }

    private static List<Path> walk(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
