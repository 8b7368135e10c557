package io.atmosfera.integration.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A part of a repository that has a build file of its own, with all files that are in no part below it. */
final class Module {

    private final String path;
    private final String buildFile;
    private final String tool;
    private final BuildFile build;
    private final Set<String> dependsOn = new TreeSet<>();
    private final List<String> external = new ArrayList<>();
    private String name = "";
    private long files;
    private long bytes;
    private int sources;
    private int tests;
    private int tested;

    Module(String path, String buildFile, String tool, @Nullable BuildFile build) {
        this.path = path;
        this.buildFile = buildFile;
        this.tool = tool;
        this.build = build == null ? BuildFile.NOTHING : build;
    }

    /** Its folder; empty for the root. */
    String path() {
        return path;
    }

    String buildFile() {
        return buildFile;
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
