package io.atmosfera.integration.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads build files for what they name, never for what they would do: those that are programs are searched, not run. What
 * cannot be read says nothing.
 */
final class BuildFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern GRADLE_INCLUDE =
            Pattern.compile("\\binclude\\b[\\s(]{0,9}((?:['\"][^'\"\\n]{1,200}['\"][\\s,]{0,40})+)");
    private static final Pattern QUOTED = Pattern.compile("['\"]([^'\"\\n]{1,200})['\"]");
    private static final Pattern GRADLE_ROOT =
            Pattern.compile("rootProject\\.name\\s{0,9}=\\s{0,9}['\"]([^'\"\\n]{1,200})['\"]");
    private static final Pattern GRADLE_PROJECT =
            Pattern.compile("\\bproject\\s{0,9}\\(\\s{0,9}(?:path\\s{0,9}[:=]\\s{0,9})?['\"](:[\\w:.-]{1,200})['\"]");
    private static final Pattern GRADLE_EXTERNAL = Pattern.compile(
            "\\b(?:\\w*[iI]mplementation|api|\\w*[cC]ompileOnly\\w*|\\w*[rR]untimeOnly|kapt|annotationProcessor|compile|testCompile|platform)\\b[\\s(]{1,9}['\"]([\\w.-]{1,150}:[\\w.-]{1,150})(?::[^'\"\\n]{0,100})?['\"]");
    private static final Pattern GRADLE_PLUGIN =
            Pattern.compile("\\bid[\\s(]{1,9}['\"]([\\w.-]{1,150}\\.[\\w.-]{1,150})['\"]");
    private static final Pattern GRADLE_VERSION =
            Pattern.compile("^\\s{0,40}version\\s{0,9}=?\\s{0,9}['\"]([^'\"\\n$]{1,100})['\"]", Pattern.MULTILINE);

    private static final Pattern GO_MODULE = Pattern.compile("^module\\s+(\\S{1,300})", Pattern.MULTILINE);
    private static final Pattern GO_BLOCK = Pattern.compile("^require\\s*\\(([^)]{0,200000})\\)", Pattern.MULTILINE);
    private static final Pattern GO_REQUIRE = Pattern.compile("^require\\s+(\\S{1,300})\\s+v", Pattern.MULTILINE);
    private static final Pattern GO_LINE =
            Pattern.compile("^\\s*([^\\s/]\\S{0,300})\\s+v\\S{1,100}(?!.*// indirect)", Pattern.MULTILINE);
    private static final Pattern GO_REPLACE = Pattern.compile("=>\\s+(\\.{1,2}/\\S{0,300})");
    private static final Pattern GO_USE = Pattern.compile("^\\s*(?:use\\s+)?(\\./\\S{0,300})\\s*$", Pattern.MULTILINE);

    private static final Pattern PYTHON_NAME = Pattern.compile("\\bname\\s{0,9}=\\s{0,9}['\"]?([\\w.-]{1,200})");
    private static final Pattern PYTHON_VERSION = Pattern.compile("\\bversion\\s{0,9}=\\s{0,9}['\"]?([\\w.+-]{1,100})");
    private static final Pattern PYTHON_LIST = Pattern.compile(
            "\\b(?:dependencies|install_requires|tests_require)\\s{0,9}=\\s{0,9}\\[([^\\]]{0,100000})]");
    private static final Pattern REQUIREMENT = Pattern.compile("^([A-Za-z0-9][\\w.-]{0,200})\\s*(?:\\[|[<>=!~;@ ]|$)");

    private static final Pattern SWIFT_PACKAGE =
            Pattern.compile("\\.package\\s*\\([^)]{0,300}?url:\\s*\"([^\"\\n]{1,300})\"");
    private static final Pattern RUBY_GEM =
            Pattern.compile("^\\s*gem\\s+['\"]([\\w.-]{1,200})['\"]", Pattern.MULTILINE);
    private static final Pattern SBT_DEPENDENCY =
            Pattern.compile("\"([\\w.-]{1,150})\"\\s*%%?\\s*\"([\\w.-]{1,150})\"\\s*%");

    private BuildFiles() {}

    /** What the build file at a path says. */
    static BuildFile read(String path, String text) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        BuildFile found =
                switch (name) {
                    case "pom.xml" -> XmlBuildFiles.maven(text);
                    case "package.json" -> npm(text);
                    case "composer.json" -> composer(text);
                    case "settings.gradle", "settings.gradle.kts" -> gradleSettings(text);
                    case "build.gradle", "build.gradle.kts" -> gradle(text);
                    case "go.mod" -> goModule(text);
                    case "go.work" -> new BuildFile(null, null, all(GO_USE, text), List.of(), List.of());
                    case "Cargo.toml" -> TomlBuildFiles.cargo(text);
                    case "pyproject.toml" -> TomlBuildFiles.python(text);
                    case "requirements.txt" -> requirements(text);
                    case "setup.py", "setup.cfg" -> setup(text);
                    case "Gemfile" -> new BuildFile(null, null, List.of(), all(RUBY_GEM, text), List.of());
                    case "build.sbt" -> sbt(text);
                    case "Package.swift" -> new BuildFile(null, null, List.of(), all(SWIFT_PACKAGE, text), List.of());
                    default -> name.endsWith("proj") ? XmlBuildFiles.dotNet(text) : BuildFile.NOTHING;
                };
        return shortened(found);
    }

    private static BuildFile shortened(BuildFile file) {
        return new BuildFile(
                shortened(file.name()),
                shortened(file.version()),
                shortened(file.modules()),
                shortened(file.dependencies()),
                shortened(file.folders()));
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

    private static BuildFile npm(String text) {
        JsonNode json = json(text);
        JsonNode workspaces = json.path("workspaces");
        Set<String> dependencies = new LinkedHashSet<>();
        for (String kind : List.of("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")) {
            json.path(kind).fieldNames().forEachRemaining(dependencies::add);
        }
        return new BuildFile(
                json.path("name").asText(null),
                json.path("version").asText(null),
                texts(workspaces.isObject() ? workspaces.path("packages") : workspaces),
                List.copyOf(dependencies),
                List.of());
    }

    private static BuildFile composer(String text) {
        JsonNode json = json(text);
        Set<String> dependencies = new LinkedHashSet<>();
        json.path("require").fieldNames().forEachRemaining(dependencies::add);
        json.path("require-dev").fieldNames().forEachRemaining(dependencies::add);
        dependencies.removeIf(name -> !name.contains("/"));
        return new BuildFile(
                json.path("name").asText(null),
                json.path("version").asText(null),
                List.of(),
                List.copyOf(dependencies),
                List.of());
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException | StackOverflowError malformed) {
            return JSON.missingNode();
        }
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static BuildFile gradleSettings(String text) {
        List<String> modules = new ArrayList<>();
        for (String list : all(GRADLE_INCLUDE, text)) {
            for (String project : all(QUOTED, list)) {
                modules.add(project.replaceFirst("^:", "").replace(':', '/'));
            }
        }
        List<String> names = all(GRADLE_ROOT, text);
        return new BuildFile(names.isEmpty() ? null : names.get(0), null, modules, List.of(), List.of());
    }

    private static BuildFile gradle(String text) {
        List<String> versions = all(GRADLE_VERSION, text);
        List<String> dependencies = new ArrayList<>(all(GRADLE_EXTERNAL, text));
        dependencies.addAll(all(GRADLE_PLUGIN, text));
        return new BuildFile(
                null, versions.isEmpty() ? null : versions.get(0), List.of(), dependencies, all(GRADLE_PROJECT, text));
    }

    private static BuildFile goModule(String text) {
        List<String> names = all(GO_MODULE, text);
        List<String> dependencies = new ArrayList<>(all(GO_REQUIRE, text));
        all(GO_BLOCK, text).forEach(block -> dependencies.addAll(all(GO_LINE, block)));
        return new BuildFile(
                names.isEmpty() ? null : names.get(0), null, List.of(), dependencies, all(GO_REPLACE, text));
    }

    private static BuildFile requirements(String text) {
        return new BuildFile(null, null, List.of(), requirementNames(text.split("\n")), List.of());
    }

    private static BuildFile setup(String text) {
        List<String> names = all(PYTHON_NAME, text);
        List<String> versions = all(PYTHON_VERSION, text);
        List<String> dependencies = new ArrayList<>();
        all(PYTHON_LIST, text).forEach(list -> dependencies.addAll(requirementNames(unquoted(list))));
        return new BuildFile(
                names.isEmpty() ? null : names.get(0),
                versions.isEmpty() ? null : versions.get(0),
                List.of(),
                dependencies,
                List.of());
    }

    static String[] unquoted(String list) {
        return all(QUOTED, list).toArray(String[]::new);
    }

    /** The names of packages that lines of requirements begin with. */
    static List<String> requirementNames(String... lines) {
        List<String> names = new ArrayList<>();
        for (String line : lines) {
            Matcher name = REQUIREMENT.matcher(line.strip());
            if (name.find()) {
                names.add(name.group(1));
            }
        }
        return names;
    }

    private static BuildFile sbt(String text) {
        List<String> dependencies = new ArrayList<>();
        Matcher found = SBT_DEPENDENCY.matcher(text);
        while (found.find() && dependencies.size() < BuildFile.MOST) {
            dependencies.add(found.group(1) + ':' + found.group(2));
        }
        return new BuildFile(null, null, List.of(), dependencies, List.of());
    }

    private static List<String> all(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find() && found.size() < BuildFile.MOST) {
            found.add(matcher.group(1));
        }
        return found;
    }
}
