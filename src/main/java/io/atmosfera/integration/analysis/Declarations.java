package io.atmosfera.integration.analysis;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which build files make modules: those that the build above them declares, and those above which nothing is declared. As long
 * as some files of a tool were not read nobody knows all that it declares; then each of its files makes a module.
 */
final class Declarations {

    /** Tools whose files tell of the modules of another one. */
    private static final Map<String, String> FAMILIES = Map.of("pnpm", "npm", "Lerna", "npm", "Nx", "npm");

    private final Map<String, List<Found>> byFamily = new TreeMap<>();
    private final Set<String> paths = new HashSet<>();
    private final List<Found> folders = new ArrayList<>();

    /** A build file of a repository; of one that was not read only its path is known. */
    record Found(String path, String tool, @Nullable BuildFile build) {

        String folder() {
            return Paths.folder(path);
        }

        boolean declares() {
            return build != null && !build.modules().isEmpty();
        }

        boolean makesModule() {
            // The root of a workspace of Cargo has no package of its own.
            boolean isVirtual = tool.equals("Cargo") && declares() && build != null && build.name() == null;
            return RepositoryPaths.makesModule(path) && !isVirtual;
        }
    }

    Declarations(List<Found> files) {
        files.forEach(file -> byFamily.computeIfAbsent(family(file.tool()), any -> new ArrayList<>())
                .add(file));
        byFamily.forEach(this::look);
    }

    static String family(String tool) {
        return FAMILIES.getOrDefault(tool, tool);
    }

    /** Whether a build file makes a module of its folder. */
    boolean makesModule(Found file) {
        return file.makesModule() && paths.contains(file.path());
    }

    /** The modules that are declared without a build file of their own that is known; the path is that of the declaration. */
    List<Found> withoutFile() {
        return folders;
    }

    private void look(String family, List<Found> files) {
        List<Found> declaring = files.stream().filter(Found::declares).toList();
        Set<String> foldersAbove = new HashSet<>();
        declaring.forEach(file -> foldersAbove.add(file.folder()));
        Index index = new Index(files);
        Set<String> declared = new HashSet<>();
        Deque<Found> open = new ArrayDeque<>();
        for (Found file : files) {
            if (isRoot(file, foldersAbove)) {
                paths.add(file.path());
                open.add(file);
            }
        }
        while (!open.isEmpty()) {
            Found file = open.remove();
            for (Found other : file.declares() ? index.declaredBy(file) : List.<Found>of()) {
                if (declared.add(other.path())) {
                    paths.add(other.path());
                    open.add(other);
                }
            }
        }
        // What was not read may declare more, and so may what has more wildcards than anybody writes.
        if (index.isExhausted() || files.stream().anyMatch(file -> file.build() == null)) {
            files.forEach(file -> paths.add(file.path()));
        }
        if (family.equals("Gradle")) {
            declaring.stream().filter(file -> paths.contains(file.path())).forEach(file -> withoutFile(file, files));
        }
    }

    /** Where nothing above its folder declares modules, it is a build of its own. */
    private static boolean isRoot(Found file, Set<String> foldersAbove) {
        String folder = file.folder();
        while (!folder.isEmpty()) {
            folder = Paths.folder(folder);
            if (foldersAbove.contains(folder)) {
                return false;
            }
        }
        return true;
    }

    /** The build files of a family, by what declarations call them. */
    private static final class Index {

        private static final int MOST_LOOKS = 5_000_000;

        private final List<Found> files;
        private final Map<String, List<Found>> byName = new HashMap<>();
        private long looks;

        Index(List<Found> files) {
            this.files = files;
            files.forEach(file -> {
                byName.computeIfAbsent(file.folder(), any -> new ArrayList<>()).add(file);
                byName.computeIfAbsent(file.path(), any -> new ArrayList<>()).add(file);
            });
        }

        boolean isExhausted() {
            return looks > MOST_LOOKS;
        }

        Set<Found> declaredBy(Found file) {
            Set<Found> wanted = new LinkedHashSet<>();
            Set<Found> unwanted = new HashSet<>();
            for (String module : modules(file)) {
                boolean not = module.startsWith("!");
                String target = Paths.resolved(file.folder(), not ? module.substring(1) : module);
                if (target != null) {
                    (not ? unwanted : wanted).addAll(named(target));
                }
            }
            wanted.removeAll(unwanted);
            return wanted;
        }

        private List<Found> named(String target) {
            if (target.chars().noneMatch(c -> "*?[{".indexOf(c) >= 0)) {
                return byName.getOrDefault(target, List.of());
            }
            Pattern pattern = Globs.pattern(target);
            looks += files.size();
            if (pattern == null || isExhausted()) {
                return List.of();
            }
            return files.stream()
                    .filter(file -> pattern.matcher(file.folder()).matches()
                            || pattern.matcher(file.path()).matches())
                    .toList();
        }

        private static List<String> modules(Found file) {
            List<String> modules = new ArrayList<>(
                    file.build() == null ? List.of() : file.build().modules());
            if (file.tool().equals("Gradle")) {
                // The build of the build's own logic, which no build names.
                modules.add("buildSrc");
            }
            return modules;
        }
    }

    private void withoutFile(Found file, List<Found> files) {
        Set<String> known = new HashSet<>();
        files.stream().filter(Found::makesModule).forEach(other -> known.add(other.folder()));
        Set<String> missing = new LinkedHashSet<>();
        for (String module :
                file.build() == null ? List.<String>of() : file.build().modules()) {
            String folder = Paths.resolved(file.folder(), module);
            if (folder != null && folder.indexOf('*') < 0 && !known.contains(folder)) {
                missing.add(folder);
            }
        }
        missing.forEach(folder -> folders.add(new Found(folder + '/', file.tool(), null)));
    }
}
