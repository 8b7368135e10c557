package io.atmosfera.integration.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A part of a repository that has a build file of its own, with all files that are in no part below it. */
final class Module {

    private final String path;
    private final @Nullable String buildFile;
    private final String tool;
    private final BuildFile build;
    private final Set<String> dependsOn = new TreeSet<>();
    private final List<String> external = new ArrayList<>();
    private final Set<String> testDependsOn = new TreeSet<>();
    private final List<String> testExternal = new ArrayList<>();
    private final boolean read;
    private String name = "";
    private long files;
    private long bytes;
    private int sources;
    private int tests;
    private int tested;

    /** buildFile: null where the build that declares it says all there is; build: null where that file was not read. */
    Module(String path, @Nullable String buildFile, String tool, @Nullable BuildFile build) {
        this.path = path;
        this.buildFile = buildFile;
        this.tool = tool;
        this.build = build == null ? BuildFile.NOTHING : build;
        this.read = build != null;
    }

    /** Its folder; empty for the root. */
    String path() {
        return path;
    }

    @Nullable
    String buildFile() {
        return buildFile;
    }

    /** Its build file, or its folder. */
    String place() {
        return buildFile == null ? path : buildFile;
    }

    /** Whether its build file was read: else nothing is known of what it depends on. */
    boolean isRead() {
        return read;
    }

    String tool() {
        return tool;
    }

    BuildFile build() {
        return build;
    }

    String name() {
        return name;
    }

    /** Takes the name that it has among the others. */
    void call(String own) {
        name = own;
    }

    Set<String> dependsOn() {
        return dependsOn;
    }

    List<String> external() {
        return external;
    }

    /** What only its tests depend on. */
    Set<String> testDependsOn() {
        return testDependsOn;
    }

    List<String> testExternal() {
        return testExternal;
    }

    void count(String kind, long size, boolean isTested) {
        files++;
        bytes += size;
        if (kind.equals(PathFacts.SOURCE)) {
            sources++;
            tested += isTested ? 1 : 0;
        } else if (kind.equals(PathFacts.TEST)) {
            tests++;
        }
    }

    long files() {
        return files;
    }

    long bytes() {
        return bytes;
    }

    int sources() {
        return sources;
    }

    int tests() {
        return tests;
    }

    int tested() {
        return tested;
    }
}
