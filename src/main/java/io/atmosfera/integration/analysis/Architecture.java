package io.atmosfera.integration.analysis;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.analysis.Declarations.Found;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parts of a repository as its build files tell: by where they are, and where they were read by what they say. */
final class Architecture {

    private static final int MOST_MODULES = 1000;
    private static final int MOST_EXTERNAL = 50;

    private final ObjectMapper json;
    private final List<Found> buildFiles;
    private final TreeMap<String, Module> modules = new TreeMap<>();
    private final Map<String, String> goModules = new HashMap<>();
    private final Frameworks frameworks = new Frameworks();

    Architecture(ObjectMapper json, String repository, List<Found> files) {
        this.json = json;
        this.buildFiles = resolved(files);
        Declarations declarations = new Declarations(buildFiles);
        for (Found file : buildFiles) {
            if (declarations.makesModule(file)) {
                add(new Module(file.folder(), file.path(), file.tool(), file.build()));
            }
            if (file.tool().equals("Go") && file.build() != null && file.build().name() != null) {
                goModules.put(file.folder(), file.build().name());
            }
        }
        for (Found folder : declarations.withoutFile()) {
            add(new Module(folder.folder(), null, folder.tool(), null));
        }
        modules.values().forEach(module -> module.call(name(module, repository)));
        Dependencies.connect(modules, aliases(), frameworks);
    }

    private void add(Module module) {
        modules.merge(module.path(), module, (one, other) -> rank(one) <= rank(other) ? one : other);
    }

    private static int rank(Module module) {
        return module.buildFile() == null ? Integer.MAX_VALUE : RepositoryPaths.rank(module.buildFile());
    }

    private static List<Found> resolved(List<Found> files) {
        Map<String, BuildFile> poms = new HashMap<>();
        for (Found file : files) {
            if (file.build() != null && file.build().maven() != null) {
                poms.put(file.path(), file.build());
            }
        }
        Poms resolver = new Poms(poms);
        return files.stream()
                .map(file -> poms.containsKey(file.path())
                        ? new Found(file.path(), file.tool(), resolver.resolved(file.path()))
                        : file)
                .toList();
    }

    private Map<String, String> aliases() {
        Map<String, String> aliases = new HashMap<>();
        buildFiles.forEach(file -> {
            if (file.build() != null) {
                file.build().aliases().forEach(aliases::putIfAbsent);
            }
        });
        return aliases;
    }

    private static String name(Module module, String repository) {
        String own = module.build().name();
        if (own != null) {
            return module.tool().equals("Maven") ? own.substring(own.indexOf(':') + 1) : own;
        }
        if (module.tool().equals(".NET") && module.buildFile() != null) {
            String file = Paths.name(module.buildFile());
            return file.substring(0, file.lastIndexOf('.'));
        }
        return Paths.name(module.path().isEmpty() ? repository : module.path());
    }

    /** The module that a file is in; null where it is in none. */
    @Nullable
    Module of(String path) {
        return above(modules, path);
    }

    /** What Go files in the folder of a path are imported by; null where no go.mod above was read. */
    @Nullable
    String goPackage(String path) {
        for (String folder = Paths.folder(path); ; folder = Paths.folder(folder)) {
            String name = goModules.get(folder);
            if (name != null) {
                String below = Paths.folder(path).substring(folder.length());
                return name + (below.isEmpty() || below.startsWith("/") ? below : '/' + below);
            }
            if (folder.isEmpty()) {
                return null;
            }
        }
    }

    private static <T> @Nullable T above(Map<String, T> byFolder, String path) {
        for (String folder = Paths.folder(path); ; folder = Paths.folder(folder)) {
            T found = byFolder.get(folder);
            if (found != null || folder.isEmpty()) {
                return found;
            }
        }
    }

    /** Takes notice of a file that may be a framework's. */
    void see(String path) {
        frameworks.file(path);
    }

    List<Module> modules() {
        return modules.values().stream().limit(MOST_MODULES).toList();
    }

    ArrayNode buildFiles() {
        ArrayNode array = json.createArrayNode();
        buildFiles.stream().limit(MOST_MODULES).forEach(file -> array.addObject()
                .put("path", file.path())
                .put("tool", file.tool())
                .put("read", file.build() != null));
        return array;
    }

    ObjectNode node() {
        ObjectNode node = json.createObjectNode();
        List<String> tools =
                buildFiles.stream().map(Found::tool).distinct().sorted().toList();
        style(node);
        node.put("read", modules.values().stream().allMatch(Module::isRead));
        node.set("tools", json.valueToTree(tools));
        ArrayNode array = node.putArray("modules");
        for (Module module : modules()) {
            ObjectNode one = array.addObject()
                    .put("name", module.name())
                    .put("path", module.path())
                    .put("tool", module.tool())
                    .put("read", module.isRead());
            if (module.isRead()) {
                put(one, module);
            }
        }
        frameworks.put(node.putArray("frameworks"));
        return node;
    }

    private void put(ObjectNode node, Module module) {
        if (module.build().version() != null) {
            node.put("version", module.build().version());
        }
        node.set("dependsOn", json.valueToTree(module.dependsOn()));
        node.set("external", json.valueToTree(most(module.external())));
        node.put("externalCount", module.external().size());
        if (!module.testDependsOn().isEmpty()) {
            node.set("testDependsOn", json.valueToTree(module.testDependsOn()));
        }
        if (!module.testExternal().isEmpty()) {
            node.set("testExternal", json.valueToTree(most(module.testExternal())));
            node.put("testExternalCount", module.testExternal().size());
        }
    }

    private static List<String> most(List<String> names) {
        return names.stream().limit(MOST_EXTERNAL).toList();
    }

    private void style(ObjectNode node) {
        String how = howMuchWasRead();
        Module first = modules.isEmpty() ? null : modules.firstEntry().getValue();
        if (first == null) {
            say(node, "unknown", "No build file that tells of modules was found.");
        } else if (modules.size() == 1) {
            say(node, "single-module", "Its only module is that of " + first.place() + '.' + how);
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

    private String howMuchWasRead() {
        long read = modules.values().stream().filter(Module::isRead).count();
        if (read == modules.size()) {
            return "";
        }
        return read == 0
                ? " The build files were not read: modules are folders that have one."
                : " Of the build files of " + modules.size() + " modules " + read
                        + " were read so far; what the others depend on is not known.";
    }

    /** The tool that builds what is below the root, if any does: it says so there, or it is not known whether it does. */
    private @Nullable String rootTool() {
        Found root = buildFiles.stream()
                .filter(file -> file.folder().isEmpty())
                .filter(file ->
                        file.declares() || (file.build() == null && (modules.containsKey("") || !file.makesModule())))
                .min(Comparator.comparing((Found file) -> file.declares() ? 0 : 1)
                        .thenComparing(file -> RepositoryPaths.rank(file.path())))
                .orElse(null);
        return root == null ? null : Declarations.family(root.tool());
    }

    private static void say(ObjectNode node, String style, String why) {
        node.put("style", style).put("why", why);
    }
}
