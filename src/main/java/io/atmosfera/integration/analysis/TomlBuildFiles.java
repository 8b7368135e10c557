package io.atmosfera.integration.analysis;

import java.util.ArrayList;
import java.util.HashMap;
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

    private static final Pattern CARGO_DEPENDENCIES =
            Pattern.compile("(?:target\\..{1,150}\\.)?(dev-|build-)?dependencies(?:\\.([\\w-]{1,200}))?");
    private static final Pattern OF_TESTS =
            Pattern.compile("(?i)(?:^|[._-])(?:dev|tests?|testing|lint|docs?)(?:[._-]|$)");

    private TomlBuildFiles() {}

    static BuildFile cargo(String text) {
        Map<String, Map<String, String>> tables = tables(text);
        List<String> dependencies = new ArrayList<>();
        List<String> tests = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        List<String> testFolders = new ArrayList<>();
        tables.forEach((name, keys) -> {
            Matcher table = CARGO_DEPENDENCIES.matcher(name);
            if (!table.matches()) {
                return;
            }
            boolean ofTests = "dev-".equals(table.group(1));
            List<String> names = ofTests ? tests : dependencies;
            List<String> places = ofTests ? testFolders : folders;
            if (table.group(2) != null) {
                add(table.group(2), text(keys.get("path")), names, places);
                return;
            }
            keys.forEach((key, value) -> {
                Matcher path = PATH.matcher(value);
                add(
                        key.replaceFirst("\\.(?:workspace|version)$", ""),
                        path.find() ? path.group(1) : null,
                        names,
                        places);
            });
        });
        Map<String, String> workspace = tables.get("workspace");
        List<String> members = new ArrayList<>();
        if (workspace != null) {
            members.addAll(List.of(BuildTexts.unquoted(workspace.getOrDefault("members", ""))));
            // What a member depends on by its path is one, too.
            members.addAll(folders);
            for (String folder : BuildTexts.unquoted(workspace.getOrDefault("exclude", ""))) {
                members.add('!' + folder);
            }
        }
        Map<String, String> own = tables.getOrDefault("package", Map.of());
        return new BuildFile(text(own.get("name")), text(own.get("version")), members, dependencies, folders)
                .withTests(tests, testFolders);
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
                BuildTexts.requirementNames(BuildTexts.unquoted(project.getOrDefault("dependencies", ""))));
        List<String> tests = new ArrayList<>();
        tables.forEach((table, keys) -> {
            if (table.startsWith("project.optional-dependencies") || table.equals("dependency-groups")) {
                keys.forEach((group, list) -> (isOfTests(group) ? tests : dependencies)
                        .addAll(BuildTexts.requirementNames(BuildTexts.unquoted(list))));
            } else if (table.startsWith("tool.poetry.") && table.endsWith("dependencies")) {
                List<String> names = isOfTests(table) ? tests : dependencies;
                keys.keySet().stream().filter(key -> !key.equals("python")).forEach(names::add);
            }
        });
        String name = text(project.get("name"));
        String version = text(project.get("version"));
        Map<String, String> workspace = tables.getOrDefault("tool.uv.workspace", Map.of());
        List<String> members = new ArrayList<>(List.of(BuildTexts.unquoted(workspace.getOrDefault("members", ""))));
        for (String folder : BuildTexts.unquoted(workspace.getOrDefault("exclude", ""))) {
            members.add('!' + folder);
        }
        return new BuildFile(
                        name == null ? text(poetry.get("name")) : name,
                        version == null ? text(poetry.get("version")) : version,
                        members,
                        dependencies,
                        List.of())
                .withTests(tests, List.of());
    }

    private static boolean isOfTests(String group) {
        return OF_TESTS.matcher(group).find();
    }

    static BuildFile pipfile(String text) {
        Map<String, Map<String, String>> tables = tables(text);
        return new BuildFile(null, null, List.of(), keys(tables, "packages"), List.of())
                .withTests(keys(tables, "dev-packages"), List.of());
    }

    private static List<String> keys(Map<String, Map<String, String>> tables, String table) {
        return List.copyOf(tables.getOrDefault(table, Map.of()).keySet());
    }

    /** What builds call libraries and plugins, and what these are. */
    static Map<String, String> catalogue(String text) {
        Map<String, Map<String, String>> tables = tables(text);
        Map<String, String> aliases = new HashMap<>();
        tables.getOrDefault("libraries", Map.of()).forEach((alias, value) -> {
            String module = value.startsWith("{") ? field("module", value) : text(value);
            String group = field("group", value);
            if (module == null && group != null) {
                module = group + ':' + field("name", value);
            }
            if (module != null) {
                String[] parts = module.split(":");
                aliases.put(alias("libs.", alias), parts[0] + (parts.length > 1 ? ':' + parts[1] : ""));
            }
        });
        tables.getOrDefault("plugins", Map.of()).forEach((alias, value) -> {
            String id = value.startsWith("{") ? field("id", value) : text(value);
            if (id != null) {
                aliases.put(alias("libs.plugins.", alias), id.replaceFirst(":.*", ""));
            }
        });
        return aliases;
    }

    private static String alias(String prefix, String name) {
        return prefix + name.replace('-', '.').replace('_', '.');
    }

    private static @Nullable String field(String name, String table) {
        Matcher field = Pattern.compile("\\b" + name + "\\s{0,9}=\\s{0,9}['\"]([^'\"]{1,300})['\"]")
                .matcher(table);
        return field.find() ? field.group(1) : null;
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
