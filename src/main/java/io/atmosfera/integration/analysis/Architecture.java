package io.atmosfera.integration.analysis;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parts of a repository as its build files tell: by where they are, and where they were read by what they say. */
final class Architecture {

    private static final int MOST_MODULES = 1000;
    private static final int MOST_EXTERNAL = 50;

    private static final List<String[]> FRAMEWORKS = DataFile.rows("frameworks.tsv");

    /** A build file of a repository. */
    record Found(String path, String tool, @Nullable BuildFile build) {}

    private final ObjectMapper json;
    private final List<Found> buildFiles;
    private final TreeMap<String, Module> modules = new TreeMap<>();
    private final Map<String, String> frameworks = new LinkedHashMap<>();
    private final boolean read;

    Architecture(ObjectMapper json, String repository, List<Found> buildFiles) {
        this.json = json;
        this.buildFiles = buildFiles;
        this.read = buildFiles.stream().anyMatch(file -> file.build() != null);
        for (Found file : buildFiles) {
            if (RepositoryPaths.makesModule(file.path())) {
                modules.merge(
                        folder(file.path()),
                        new Module(folder(file.path()), file.path(), file.tool(), file.build()),
                        (one, other) -> RepositoryPaths.rank(one.buildFile()) <= RepositoryPaths.rank(other.buildFile())
                                ? one
                                : other);
            }
        }
        modules.values().forEach(module -> module.call(name(module, repository)));
        connect();
    }

    private static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static String name(Module module, String repository) {
        String own = module.build().name();
        if (own != null) {
            return module.tool().equals("Maven") ? own.substring(own.indexOf(':') + 1) : own;
        }
        if (module.tool().equals(".NET")) {
            String file = module.buildFile().substring(module.buildFile().lastIndexOf('/') + 1);
            return file.substring(0, file.lastIndexOf('.'));
        }
        String path = module.path().isEmpty() ? repository : module.path();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private void connect() {
        Map<String, Module> byName = new HashMap<>();
        modules.values().forEach(module -> {
            String name = module.build().name();
            if (name != null) {
                byName.putIfAbsent(module.tool() + ' ' + name.toLowerCase(Locale.ROOT), module);
            }
        });
        for (Module module : modules.values()) {
            for (String dependency : module.build().dependencies()) {
                Module other = byName.get(module.tool() + ' ' + dependency.toLowerCase(Locale.ROOT));
                if (other == null) {
                    module.external().add(dependency);
                    recognise("dependency", dependency, dependency);
                } else if (other != module && !isAbove(other, module)) {
                    module.dependsOn().add(other.name());
                }
            }
            for (String folder : module.build().folders()) {
                Module other = at(module, folder);
                if (other != null && other != module) {
                    module.dependsOn().add(other.name());
                }
            }
        }
    }

    /** A module whose folder the other's is in is its parent: what it inherits from rather than depends on. */
    private static boolean isAbove(Module other, Module module) {
        return module.tool().equals("Maven")
                && (other.path().isEmpty() || module.path().startsWith(other.path() + '/'));
    }

    private @Nullable Module at(Module from, String folder) {
        if (folder.startsWith(":")) {
            String below = folder.substring(1).replace(':', '/');
            for (String above = from.path(); ; above = folder(above)) {
                Module found = modules.get(above.isEmpty() ? below : above + '/' + below);
                if (found != null || above.isEmpty()) {
                    return found;
                }
            }
        }
        List<String> parts = new ArrayList<>();
        for (String part : (from.path() + '/' + folder).split("/")) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return null;
                }
                parts.remove(parts.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        String path = String.join("/", parts);
        return modules.getOrDefault(path, modules.get(folder(path)));
    }

    /** The module that a file is in; null where it is in none. */
    @Nullable
    Module of(String path) {
        for (String folder = folder(path); ; folder = folder(folder)) {
            Module module = modules.get(folder);
            if (module != null || folder.isEmpty()) {
                return module;
            }
        }
    }

    /** Takes notice of a file that may be a framework's. */
    void see(String path) {
        recognise("file", path.substring(path.lastIndexOf('/') + 1), path);
    }

    private void recognise(String kind, String text, String from) {
        String lower = text.toLowerCase(Locale.ROOT);
        for (String[] row : FRAMEWORKS) {
            String begins = row[1].toLowerCase(Locale.ROOT);
            if (row[0].equals(kind) && lower.startsWith(begins) && endsAt(lower, begins)) {
                frameworks.putIfAbsent(row[2], from);
            }
        }
    }

    /** org.hibernate is in org.hibernate.orm:core, but react is not in react-dom. */
    private static boolean endsAt(String text, String begins) {
        return text.length() == begins.length()
                || ":/.".indexOf(begins.charAt(begins.length() - 1)) >= 0
                || ":/.".indexOf(text.charAt(begins.length())) >= 0;
    }

    List<Module> modules() {
        return modules.values().stream().limit(MOST_MODULES).toList();
    }

    ArrayNode buildFiles() {
        ArrayNode array = json.createArrayNode();
        buildFiles.stream()
                .limit(MOST_MODULES)
                .forEach(file -> array.addObject().put("path", file.path()).put("tool", file.tool()));
        return array;
    }

    ObjectNode node() {
        ObjectNode node = json.createObjectNode();
        List<String> tools =
                buildFiles.stream().map(Found::tool).distinct().sorted().toList();
        style(node);
        node.set("tools", json.valueToTree(tools));
        ArrayNode array = node.putArray("modules");
        for (Module module : modules()) {
            ObjectNode one = array.addObject()
                    .put("name", module.name())
                    .put("path", module.path())
                    .put("tool", module.tool());
            if (module.build().version() != null) {
                one.put("version", module.build().version());
            }
            one.set("dependsOn", json.valueToTree(module.dependsOn()));
            one.set(
                    "external",
                    json.valueToTree(
                            module.external().stream().limit(MOST_EXTERNAL).toList()));
            one.put("externalCount", module.external().size());
        }
        ArrayNode known = node.putArray("frameworks");
        frameworks.forEach((name, from) -> known.addObject().put("name", name).put("from", from));
        return node;
    }

    private void style(ObjectNode node) {
        String how = read ? "" : " The build files were not read: modules are folders that have one.";
        if (modules.isEmpty()) {
            say(node, "unknown", "No build file that tells of modules was found.");
        } else if (modules.size() == 1) {
            say(
                    node,
                    "single-module",
                    "Its only module is that of "
                            + modules.firstEntry().getValue().buildFile() + '.' + how);
        } else {
            String tool = rootTool();
            long together = modules.values().stream()
                    .filter(module -> module.tool().equals(tool))
                    .count();
            if (tool != null && together > 1 && 2 * together > modules.size()) {
                say(node, "multi-module", tool + " builds " + together + " modules from the root." + how);
            } else {
                say(node, "monorepo", modules.size() + " modules stand side by side without one build of all." + how);
            }
        }
    }

    /** The tool that builds what is below the root, if any does. */
    private @Nullable String rootTool() {
        Module root = modules.get("");
        for (Found file : buildFiles) {
            if (file.path().matches("settings\\.gradle(?:\\.kts)?|go\\.work")) {
                return file.tool();
            }
            if (file.path().matches("pnpm-workspace\\.yaml|lerna\\.json|nx\\.json")) {
                return "npm";
            }
            if (file.path().endsWith(".sln") && !file.path().contains("/")) {
                return file.tool();
            }
        }
        if (root == null
                || (root.build() != BuildFile.NOTHING && root.build().modules().isEmpty())) {
            return null;
        }
        return root.tool();
    }

    private static void say(ObjectNode node, String style, String why) {
        node.put("style", style).put("why", why);
    }
}
