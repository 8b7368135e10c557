package io.atmosfera.integration.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Build files in JSON and YAML. */
final class NodeBuildFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private NodeBuildFiles() {}

    static @Nullable BuildFile npm(String text) {
        JsonNode json = json(text);
        if (json == null) {
            return null;
        }
        JsonNode workspaces = json.path("workspaces");
        Set<String> dependencies = new LinkedHashSet<>();
        for (String kind : List.of("dependencies", "peerDependencies", "optionalDependencies")) {
            json.path(kind).fieldNames().forEachRemaining(dependencies::add);
        }
        Set<String> development = new LinkedHashSet<>();
        json.path("devDependencies").fieldNames().forEachRemaining(development::add);
        development.removeAll(dependencies);
        return new BuildFile(
                        json.path("name").asText(null),
                        json.path("version").asText(null),
                        texts(workspaces.isObject() ? workspaces.path("packages") : workspaces),
                        List.copyOf(dependencies),
                        List.of())
                .withTests(List.copyOf(development), List.of());
    }

    static @Nullable BuildFile lerna(String text) {
        JsonNode json = json(text);
        return json == null ? null : new BuildFile(null, null, texts(json.path("packages")), List.of(), List.of());
    }

    static @Nullable BuildFile composer(String text) {
        JsonNode json = json(text);
        if (json == null) {
            return null;
        }
        return new BuildFile(
                        json.path("name").asText(null),
                        json.path("version").asText(null),
                        List.of(),
                        packages(json.path("require")),
                        List.of())
                .withTests(packages(json.path("require-dev")), List.of());
    }

    private static List<String> packages(JsonNode of) {
        List<String> names = new ArrayList<>();
        of.fieldNames().forEachRemaining(names::add);
        // The others are PHP and its extensions.
        names.removeIf(name -> !name.contains("/"));
        return names;
    }

    static @Nullable BuildFile pnpmWorkspace(String text) {
        Map<?, ?> yaml = yaml(text);
        return yaml == null ? null : new BuildFile(null, null, texts(yaml.get("packages")), List.of(), List.of());
    }

    static @Nullable BuildFile dart(String text) {
        Map<?, ?> yaml = yaml(text);
        if (yaml == null) {
            return null;
        }
        return new BuildFile(
                        yaml.get("name") instanceof String name ? name : null,
                        yaml.get("version") instanceof String version ? version : null,
                        texts(yaml.get("workspace")),
                        keys(yaml.get("dependencies")),
                        List.of())
                .withTests(keys(yaml.get("dev_dependencies")), List.of());
    }

    private static @Nullable JsonNode json(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return json.isObject() ? json : null;
        } catch (JsonProcessingException | StackOverflowError malformed) {
            return null;
        }
    }

    private static @Nullable Map<?, ?> yaml(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(5);
        options.setNestingDepthLimit(20);
        options.setAllowRecursiveKeys(false);
        try {
            Object yaml = new Yaml(new SafeConstructor(options)).load(text);
            return yaml instanceof Map<?, ?> map ? map : null;
        } catch (YAMLException | StackOverflowError malformed) {
            return null;
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static List<String> keys(@Nullable Object map) {
        return map instanceof Map<?, ?> entries
                ? entries.keySet().stream().map(String::valueOf).toList()
                : List.of();
    }
}
