package io.atmosfera.integration.analysis;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a build file says.
 *
 * @param name         what others depend on it by; null where it does not say
 * @param version      as it stands there, unless it is calculated
 * @param modules      the folders of the modules that it builds, relative to its own; may hold wildcards
 * @param dependencies what it depends on, as its tool names it
 * @param folders      the folders or files of other modules that it names, relative to its own
 */
record BuildFile(
        @Nullable String name,
        @Nullable String version,
        List<String> modules,
        List<String> dependencies,
        List<String> folders) {

    /** A name or a version longer than this is none. */
    static final int LONGEST = 300;

    static final int MOST = 2000;

    static final BuildFile NOTHING = new BuildFile(null, null, List.of(), List.of(), List.of());
}
