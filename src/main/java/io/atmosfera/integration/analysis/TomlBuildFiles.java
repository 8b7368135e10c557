package io.atmosfera.integration.analysis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Build files in TOML, as far as they have to be understood: tables, keys, texts and lists of texts. */
final class TomlBuildFiles {

    private static final Pattern TABLE = Pattern.compile("^\\[\\[?([^\\]]{1,200})\\]\\]?\\s*(?:#.*)?$");
    private static final Pattern KEY = Pattern.compile("^\"?([\\w.-]{1,200})\"?\\s*=\\s*(.*)$");
    private static final Pattern TEXT = Pattern.compile("^['\"]([^'\"]{0,300})['\"]");
    private static final Pattern PATH = Pattern.compile("\\bpath\\s*=\\s*['\"]([^'\"]{1,300})['\"]");

    private TomlBuildFiles() {}

    static BuildFile cargo(String text) {
        Map<String, Map<String, String>> tables = tables(text);
        List<String> dependencies = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        tables.forEach((name, keys) -> {
            if (!name.matches("(?:.*\\.)?(?:dev-|build-)?dependencies")) {
                Matcher own = Pattern.compile("(?:.*\\.)?(?:dev-|build-)?dependencies\\.([\\w-]+)")
                        .matcher(name);
                if (own.matches()) {
                    add(own.group(1), text(keys.get("path")), dependencies, folders);
                }
                return;
            }
            keys.forEach((key, value) -> {
                Matcher path = PATH.matcher(value);
                add(key.replaceFirst("\\.workspace$", ""), path.find() ? path.group(1) : null, dependencies, folders);
            });
        });
        return new BuildFile(
                text(tables.getOrDefault("package", Map.of()).get("name")),
                text(tables.getOrDefault("package", Map.of()).get("version")),
                List.of(BuildFiles.unquoted(
                        tables.getOrDefault("workspace", Map.of()).getOrDefault("members", ""))),
                dependencies,
                folders);
    }

    private static void add(String name, @Nullable String folder, List<String> dependencies, List<String> folders) {
        if (folder == null) {
            dependencies.add(name);
        } else {
            folders.add(folder);
        }
    }

    static BuildFile python(String text) {
        Map<String, Map<String, String>> tables = tables(text);
        Map<String, String> project = tables.getOrDefault("project", Map.of());
        Map<String, String> poetry = tables.getOrDefault("tool.poetry", Map.of());
        List<String> dependencies = new ArrayList<>(
                BuildFiles.requirementNames(BuildFiles.unquoted(project.getOrDefault("dependencies", ""))));
        tables.forEach((name, keys) -> {
            if (name.startsWith("project.optional-dependencies") || name.equals("dependency-groups")) {
                keys.values()
                        .forEach(list -> dependencies.addAll(BuildFiles.requirementNames(BuildFiles.unquoted(list))));
            } else if (name.startsWith("tool.poetry.") && name.endsWith("dependencies")) {
                keys.keySet().stream().filter(key -> !key.equals("python")).forEach(dependencies::add);
            }
        });
        String name = text(project.get("name"));
        String version = text(project.get("version"));
        return new BuildFile(
                name == null ? text(poetry.get("name")) : name,
                version == null ? text(poetry.get("version")) : version,
                List.of(BuildFiles.unquoted(
                        tables.getOrDefault("tool.uv.workspace", Map.of()).getOrDefault("members", ""))),
                dependencies,
                List.of());
    }

    private static @Nullable String text(@Nullable String value) {
        if (value == null) {
            return null;
        }
        Matcher text = TEXT.matcher(value);
        return text.find() ? text.group(1) : null;
    }

    /** The values of each table, as they are written; a list over several lines is one value. */
    private static Map<String, Map<String, String>> tables(String text) {
        Map<String, Map<String, String>> tables = new LinkedHashMap<>();
        Map<String, String> keys = tables.computeIfAbsent("", any -> new LinkedHashMap<>());
        StringBuilder list = new StringBuilder();
        String open = null;
        for (String line : text.split("\n")) {
            String bare = line.strip();
            if (open != null) {
                list.append('\n').append(bare);
                if (bare.startsWith("]") || bare.endsWith("]")) {
                    keys.put(open, list.toString());
                    open = null;
                }
                continue;
            }
            Matcher table = TABLE.matcher(bare);
            Matcher key = KEY.matcher(bare);
            if (table.matches()) {
                keys = tables.computeIfAbsent(table.group(1).strip(), any -> new LinkedHashMap<>());
            } else if (key.matches()) {
                String value = key.group(2);
                if (value.startsWith("[") && !value.contains("]")) {
                    open = key.group(1);
                    list.setLength(0);
                    list.append(value);
                } else {
                    keys.put(key.group(1), value);
                }
            }
        }
        return tables;
    }
}
