package io.atmosfera.integration.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads build files for what they name, never for what they would do: those that are programs are searched, not run. What
 * cannot be read says nothing.
 */
final class BuildFiles {

    private static final Pattern GO_MODULE = Pattern.compile("^module\\s+(\\S{1,300})", Pattern.MULTILINE);
    private static final Pattern GO_BLOCK = Pattern.compile("^require\\s*\\(([^)]{0,200000})\\)", Pattern.MULTILINE);
    private static final Pattern GO_REQUIRE =
            Pattern.compile("^require\\s+(\\S{1,300})\\s+v\\S{1,100}(?!.*// indirect)", Pattern.MULTILINE);
    private static final Pattern GO_LINE =
            Pattern.compile("^\\s*([^\\s/]\\S{0,300})\\s+v\\S{1,100}+(?!.*// indirect)", Pattern.MULTILINE);
    private static final Pattern GO_REPLACE = Pattern.compile("=>\\s+(\\.{1,2}/\\S{0,300})");
    private static final Pattern GO_USE =
            Pattern.compile("^\\s*(?:use\\s+)?(\\.{1,2}(?:/\\S{0,300})?)\\s*(?://.*)?$", Pattern.MULTILINE);

    private static final Pattern PYTHON_NAME = Pattern.compile("\\bname\\s{0,9}=\\s{0,9}['\"]?([\\w.-]{1,200})");
    private static final Pattern PYTHON_VERSION = Pattern.compile("\\bversion\\s{0,9}=\\s{0,9}['\"]?([\\w.+-]{1,100})");
    private static final Pattern PYTHON_LIST =
            Pattern.compile("\\b(?:dependencies|install_requires)\\s{0,9}=\\s{0,9}\\[([^\\]]{0,100000})]");
    private static final Pattern PYTHON_TESTS =
            Pattern.compile("\\btests_require\\s{0,9}=\\s{0,9}\\[([^\\]]{0,100000})]");

    private static final Pattern SWIFT_PACKAGE =
            Pattern.compile("\\.package\\s*\\([^)]{0,300}?url:\\s*\"([^\"\\n]{1,300})\"");
    private static final Pattern RUBY_LINE = Pattern.compile(
            "^\\s{0,40}(?:gem\\s+['\"]([\\w.-]{1,200})['\"](.{0,300})|(group)\\b(.{0,300})|(end)\\b.*)$",
            Pattern.MULTILINE);
    private static final Pattern RUBY_TESTS = Pattern.compile(":(?:test|development)\\b");
    private static final Pattern SBT_DEPENDENCY = Pattern.compile(
            "\"([\\w.-]{1,150})\"\\s{0,9}%{1,3}\\s{0,9}\"([\\w.-]{1,150})\"\\s{0,9}%\\s{0,9}[^\\s,)]{1,100}(\\s{0,9}%\\s{0,9}\"?[tT]est)?");
    private static final Pattern SBT_FOLDER =
            Pattern.compile("\\bin\\s{0,9}\\(?\\s{0,9}file\\(\"([^\"\\n]{1,200})\"\\)");
    private static final Pattern SOLUTION = Pattern.compile(
            "^Project\\([^)]{0,60}\\)\\s*=\\s*\"[^\"]{0,200}\",\\s*\"([^\"]{1,300}proj)\"", Pattern.MULTILINE);

    private BuildFiles() {}

    /** What the build file at a path says; null where nobody here reads such a file, or it is malformed. */
    static @Nullable BuildFile read(String path, String text) {
        String name = Paths.name(path);
        BuildFile found =
                switch (name) {
                    case "pom.xml" -> XmlBuildFiles.maven(text);
                    case "package.json" -> NodeBuildFiles.npm(text);
                    case "pnpm-workspace.yaml" -> NodeBuildFiles.pnpmWorkspace(text);
                    case "lerna.json" -> NodeBuildFiles.lerna(text);
                    case "composer.json" -> NodeBuildFiles.composer(text);
                    case "pubspec.yaml" -> NodeBuildFiles.dart(text);
                    case "settings.gradle", "settings.gradle.kts" -> GradleBuildFiles.settings(text);
                    case "build.gradle", "build.gradle.kts" -> GradleBuildFiles.project(text);
                    case "libs.versions.toml" -> GradleBuildFiles.catalogue(text);
                    case "go.mod" -> goModule(text);
                    case "go.work" -> new BuildFile(null, null, BuildTexts.all(GO_USE, text), List.of(), List.of());
                    case "Cargo.toml" -> TomlBuildFiles.cargo(text);
                    case "pyproject.toml" -> TomlBuildFiles.python(text);
                    case "Pipfile" -> TomlBuildFiles.pipfile(text);
                    case "requirements.txt" -> requirements(text);
                    case "setup.py", "setup.cfg" -> setup(text);
                    case "Gemfile" -> bundler(text);
                    case "build.sbt" -> sbt(text);
                    case "Package.swift" ->
                        new BuildFile(null, null, List.of(), BuildTexts.all(SWIFT_PACKAGE, text), List.of());
                    default -> other(name, text);
                };
        return found == null ? null : shortened(found);
    }

    private static @Nullable BuildFile other(String name, String text) {
        if (name.endsWith("proj")) {
            return XmlBuildFiles.dotNet(text);
        }
        if (name.endsWith(".gradle") || name.endsWith(".gradle.kts")) {
            return GradleBuildFiles.project(text);
        }
        if (name.endsWith(".sln")) {
            List<String> projects = BuildTexts.all(SOLUTION, text).stream()
                    .map(project -> project.replace('\\', '/'))
                    .toList();
            return new BuildFile(null, null, projects, List.of(), List.of());
        }
        return null;
    }

    private static BuildFile shortened(BuildFile file) {
        Map<String, String> aliases = new HashMap<>();
        file.aliases().forEach((alias, name) -> {
            if (aliases.size() < BuildFile.MOST && name.length() < BuildFile.LONGEST) {
                aliases.put(alias, name);
            }
        });
        return new BuildFile(
                shortened(file.name()),
                shortened(file.version()),
                shortened(file.modules()),
                shortened(file.dependencies()),
                shortened(file.testDependencies()),
                shortened(file.folders()),
                shortened(file.testFolders()),
                aliases,
                file.maven());
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.isBlank() || text.length() > BuildFile.LONGEST ? null : text.strip();
    }

    private static List<String> shortened(List<String> texts) {
        return texts.stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty() && text.length() <= BuildFile.LONGEST)
                .distinct()
                .limit(BuildFile.MOST)
                .toList();
    }

    private static BuildFile goModule(String text) {
        List<String> dependencies = new ArrayList<>(BuildTexts.all(GO_REQUIRE, text));
        BuildTexts.all(GO_BLOCK, text).forEach(block -> dependencies.addAll(BuildTexts.all(GO_LINE, block)));
        return new BuildFile(
                BuildTexts.first(GO_MODULE, text), null, List.of(), dependencies, BuildTexts.all(GO_REPLACE, text));
    }

    private static BuildFile requirements(String text) {
        return new BuildFile(null, null, List.of(), BuildTexts.requirementNames(text.split("\n")), List.of());
    }

    private static BuildFile setup(String text) {
        return new BuildFile(
                        BuildTexts.first(PYTHON_NAME, text),
                        BuildTexts.first(PYTHON_VERSION, text),
                        List.of(),
                        lists(PYTHON_LIST, text),
                        List.of())
                .withTests(lists(PYTHON_TESTS, text), List.of());
    }

    private static List<String> lists(Pattern pattern, String text) {
        List<String> names = new ArrayList<>();
        BuildTexts.all(pattern, text)
                .forEach(list -> names.addAll(BuildTexts.requirementNames(BuildTexts.unquoted(list))));
        return names;
    }

    private static BuildFile bundler(String text) {
        List<String> gems = new ArrayList<>();
        List<String> tests = new ArrayList<>();
        boolean ofTests = false;
        Matcher line = RUBY_LINE.matcher(text);
        while (line.find() && gems.size() + tests.size() < BuildFile.MOST) {
            if (line.group(3) != null) {
                ofTests = RUBY_TESTS.matcher(line.group(4)).find();
            } else if (line.group(5) != null) {
                ofTests = false;
            } else {
                boolean itself = RUBY_TESTS.matcher(line.group(2)).find();
                (ofTests || itself ? tests : gems).add(line.group(1));
            }
        }
        return new BuildFile(null, null, List.of(), gems, List.of()).withTests(tests, List.of());
    }

    private static BuildFile sbt(String text) {
        List<String> dependencies = new ArrayList<>();
        List<String> tests = new ArrayList<>();
        Matcher found = SBT_DEPENDENCY.matcher(text);
        while (found.find() && dependencies.size() + tests.size() < BuildFile.MOST) {
            (found.group(3) == null ? dependencies : tests).add(found.group(1) + ':' + found.group(2));
        }
        return new BuildFile(null, null, BuildTexts.all(SBT_FOLDER, text), dependencies, List.of())
                .withTests(tests, List.of());
    }
}
