package io.atmosfera.integration.analysis;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a build file says.
 *
 * @param name             what others depend on it by; null where it does not say
 * @param version          as it stands there, unless it is calculated
 * @param modules          the folders or build files of the modules that it builds, relative to its own folder; may hold
 *                         wildcards, and folders that do not count behind an exclamation mark
 * @param dependencies     what its product depends on, as its tool names it
 * @param testDependencies what only its tests or its development depend on
 * @param folders          the folders or files of other modules that its product depends on, relative to its own
 * @param testFolders      those that only its tests depend on
 * @param aliases          of a catalogue: what other build files call a dependency, and what it is
 * @param maven            what else a pom.xml says; null for all others
 */
record BuildFile(
        @Nullable String name,
        @Nullable String version,
        List<String> modules,
        List<String> dependencies,
        List<String> testDependencies,
        List<String> folders,
        List<String> testFolders,
        Map<String, String> aliases,
        @Nullable Maven maven) {

    /** A name or a version longer than this is none. */
    static final int LONGEST = 300;

    static final int MOST = 2000;

    /** Any folder: for a build that calculates which modules it has. */
    static final String ANY_FOLDER = "**";

    static final BuildFile NOTHING =
            new BuildFile(null, null, List.of(), List.of(), List.of(), List.of(), List.of(), Map.of(), null);

    /** Without what only tests depend on. */
    BuildFile(
            @Nullable String name,
            @Nullable String version,
            List<String> modules,
            List<String> dependencies,
            List<String> folders) {
        this(name, version, modules, dependencies, List.of(), folders, List.of(), Map.of(), null);
    }

    /** With what only tests depend on. */
    BuildFile withTests(List<String> names, List<String> testFolders) {
        return new BuildFile(name, version, modules, dependencies, names, folders, testFolders, aliases, maven);
    }

    /**
     * What the poms below and above one have to know of it.
     *
     * @param parent      the parent as group:artifact; null where it has none
     * @param parentPath  where the parent should be, relative to its own folder; empty where it is in a repository of artifacts
     * @param properties  its properties, which may refer to others
     * @param testManaged what it, as group:artifact, gives the scope of tests to wherever it is depended on without a scope
     * @param unscoped    its dependencies without a scope
     */
    record Maven(
            @Nullable String parent,
            String parentPath,
            Map<String, String> properties,
            List<String> testManaged,
            List<String> unscoped) {}
}
