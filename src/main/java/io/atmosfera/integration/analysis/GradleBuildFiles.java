package io.atmosfera.integration.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gradle's build files are programs: they are searched for what they name, and never run. */
final class GradleBuildFiles {

    private static final Pattern INCLUDE =
            Pattern.compile("\\binclude\\b[\\s(]{0,9}((?:['\"][^'\"\\n]{1,200}['\"][\\s,]{0,40}){1,1000})");
    private static final Pattern INCLUDE_BUILD =
            Pattern.compile("\\bincludeBuild\\b[\\s(]{1,9}['\"]([^'\"\\n$]{1,200})['\"]");
    /** An include of what the program calculates. */
    private static final Pattern CALCULATED =
            Pattern.compile("\\binclude\\b[\\s(]{1,9}(?:\\w|['\"][^'\"\\n]{0,200}\\$)");

    private static final Pattern FOLDER = Pattern.compile(
            "\\bproject\\s{0,9}\\(\\s{0,9}['\"]:?([\\w:.-]{1,200})['\"]\\s{0,9}\\)\\s{0,9}\\.projectDir\\s{0,9}=[^\\n'\"]{0,60}['\"]([^'\"\\n]{1,200})['\"]");
    private static final Pattern ROOT =
            Pattern.compile("rootProject\\.name\\s{0,9}=\\s{0,9}['\"]([^'\"\\n]{1,200})['\"]");

    private static final String CONFIGURATION =
            "\\b(\\w{0,60}[iI]mplementation|api|\\w{0,60}[cC]ompileOnly\\w{0,60}|\\w{0,60}[rR]untimeOnly|kapt|ksp|annotationProcessor|compile|testCompile)\\b[\\s(]{1,9}(?:(?:enforcedP|p)latform\\s{0,9}\\(\\s{0,9})?";
    private static final Pattern PROJECT = Pattern.compile(
            CONFIGURATION + "project\\s{0,9}\\(\\s{0,9}(?:path\\s{0,9}[:=]\\s{0,9})?['\"](:[\\w:.-]{1,200})['\"]");
    private static final Pattern EXTERNAL =
            Pattern.compile(CONFIGURATION + "['\"]([\\w.-]{1,150}:[\\w.-]{1,150})(?::[^'\"\\n]{0,100})?['\"]");
    private static final Pattern OF_CATALOGUE = Pattern.compile(CONFIGURATION + "(libs\\.[\\w.]{1,150})");
    private static final Pattern PLUGIN =
            Pattern.compile("\\bid[\\s(]{1,9}['\"]([\\w.-]{1,150}\\.[\\w.-]{1,150})['\"]");
    private static final Pattern PLUGIN_OF_CATALOGUE =
            Pattern.compile("\\balias[\\s(]{1,9}(libs\\.plugins\\.[\\w.]{1,150})");
    private static final Pattern VERSION =
            Pattern.compile("^\\s{0,40}version\\s{0,9}=?\\s{0,9}['\"]([^'\"\\n$]{1,100})['\"]", Pattern.MULTILINE);
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s{0,200}//.*$");

    private GradleBuildFiles() {}

    /** Which projects a build has, and where they are. */
    static BuildFile settings(String text) {
        String program = COMMENT.matcher(text).replaceAll("");
        List<String> modules = new ArrayList<>();
        for (String list : BuildTexts.all(INCLUDE, program)) {
            for (String project : BuildTexts.all(BuildTexts.QUOTED, list)) {
                modules.add(folder(project));
            }
        }
        Matcher elsewhere = FOLDER.matcher(program);
        while (elsewhere.find()) {
            String usual = folder(elsewhere.group(1));
            modules.replaceAll(folder -> folder.equals(usual) ? elsewhere.group(2) : folder);
        }
        modules.addAll(BuildTexts.all(INCLUDE_BUILD, program));
        if (CALCULATED.matcher(program).find()) {
            modules.add(BuildFile.ANY_FOLDER);
        }
        return new BuildFile(BuildTexts.first(ROOT, program), null, modules, List.of(), List.of());
    }

    private static String folder(String project) {
        return project.replaceFirst("^:", "").replace(':', '/');
    }

    /** What a project depends on; a configuration whose name has test in it is that of tests. */
    static BuildFile project(String text) {
        String program = COMMENT.matcher(text).replaceAll("");
        List<String> dependencies = new ArrayList<>();
        List<String> tests = new ArrayList<>();
        List<String> folders = new ArrayList<>();
        List<String> testFolders = new ArrayList<>();
        sort(EXTERNAL, program, dependencies, tests);
        sort(OF_CATALOGUE, program, dependencies, tests);
        sort(PROJECT, program, folders, testFolders);
        dependencies.addAll(BuildTexts.all(PLUGIN, program));
        dependencies.addAll(BuildTexts.all(PLUGIN_OF_CATALOGUE, program));
        return new BuildFile(null, BuildTexts.first(VERSION, program), List.of(), dependencies, folders)
                .withTests(tests, testFolders);
    }

    private static void sort(Pattern pattern, String program, List<String> product, List<String> tests) {
        Matcher found = pattern.matcher(program);
        while (found.find() && product.size() + tests.size() < BuildFile.MOST) {
            boolean ofTests = found.group(1).matches("(?:.*[a-z])?[tT]est.*")
                    && !found.group(1).startsWith("latest");
            (ofTests ? tests : product).add(found.group(2));
        }
    }

    /** What a catalogue of versions calls the libraries and plugins that builds name by it. */
    static BuildFile catalogue(String text) {
        Map<String, String> aliases = TomlBuildFiles.catalogue(text);
        return new BuildFile(null, null, List.of(), List.of(), List.of(), List.of(), List.of(), aliases, null);
    }
}
