package io.atmosfera.integration.analysis;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells the modules of a repository that others depend on from what comes from elsewhere. */
final class Dependencies {

    private final Map<String, Module> modules;
    private final Map<String, String> aliases;
    private final Map<String, Module> byName = new HashMap<>();

    private Dependencies(Map<String, Module> modules, Map<String, String> aliases) {
        this.modules = modules;
        this.aliases = aliases;
        modules.values().forEach(module -> {
            String name = module.build().name();
            if (name != null) {
                byName.putIfAbsent(key(module, name), module);
            }
        });
    }

    /**
     * Notes in each module what it depends on.
     *
     * @param modules    by their folders
     * @param aliases    what builds call libraries, by a catalogue of the repository
     * @param frameworks take notice of what comes from elsewhere
     */
    static void connect(Map<String, Module> modules, Map<String, String> aliases, Frameworks frameworks) {
        Dependencies dependencies = new Dependencies(modules, aliases);
        for (Module module : modules.values()) {
            dependencies.connect(module, frameworks);
        }
    }

    private void connect(Module module, Frameworks frameworks) {
        BuildFile build = module.build();
        sort(module, build.dependencies(), build.folders(), module.dependsOn(), module.external());
        sort(module, build.testDependencies(), build.testFolders(), module.testDependsOn(), module.testExternal());
        module.testDependsOn().removeAll(module.dependsOn());
        module.external().forEach(frameworks::dependency);
        module.testExternal().forEach(frameworks::testDependency);
    }

    private void sort(Module module, List<String> names, List<String> folders, Set<String> own, List<String> external) {
        for (String name : names) {
            String dependency = aliases.getOrDefault(name, name);
            Module other = byName.get(key(module, dependency));
            if (other == null) {
                if (!external.contains(dependency)) {
                    external.add(dependency);
                }
            } else if (other != module && !isAbove(other, module)) {
                own.add(other.name());
            }
        }
        for (String folder : folders) {
            Module other = at(module, folder);
            if (other != null && other != module) {
                own.add(other.name());
            }
        }
    }

    private static String key(Module module, String name) {
        return module.tool() + ' ' + name.toLowerCase(Locale.ROOT);
    }

    /** A module whose folder the other's is in is its parent: what it inherits from rather than depends on. */
    private static boolean isAbove(Module other, Module module) {
        return module.tool().equals("Maven") && Paths.isBelow(module.path(), other.path());
    }

    private @Nullable Module at(Module from, String folder) {
        if (folder.startsWith(":")) {
            String below = folder.substring(1).replace(':', '/');
            for (String above = from.path(); ; above = Paths.folder(above)) {
                Module found = modules.get(above.isEmpty() ? below : above + '/' + below);
                if (found != null || above.isEmpty()) {
                    return found;
                }
            }
        }
        String path = Paths.resolved(from.path(), folder);
        return path == null ? null : modules.getOrDefault(path, modules.get(Paths.folder(path)));
    }
}
