package io.atmosfera.integration.analysis;

import io.atmosfera.integration.analysis.BuildFile.Maven;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The poms of a repository as Maven sees them: with their properties in place, and with the scopes that their parents give to
 * what has none. Parents outside of the repository are not looked at.
 */
final class Poms {

    private static final Pattern PROPERTY = Pattern.compile("\\$\\{([^${}\\s]{1,200})}");
    private static final int DEEPEST = 10;
    private static final int MOST_PARENTS = 20;

    private final Map<String, BuildFile> byPath;
    private final Map<String, BuildFile> byName = new HashMap<>();

    /** By the paths of their files. */
    Poms(Map<String, BuildFile> byPath) {
        this.byPath = byPath;
        byPath.values().forEach(pom -> {
            if (pom.name() != null) {
                byName.putIfAbsent(pom.name(), pom);
            }
        });
    }

    /** A pom with all that is known of it in this repository. */
    BuildFile resolved(String path) {
        BuildFile pom = byPath.get(path);
        Maven maven = pom == null ? null : pom.maven();
        if (pom == null || maven == null) {
            return BuildFile.NOTHING;
        }
        List<Maven> line = line(path, pom);
        Map<String, String> properties = new HashMap<>();
        for (int i = line.size() - 1; i >= 0; i--) {
            properties.putAll(line.get(i).properties());
        }
        // Whatever the parents are called.
        maven.properties().forEach((key, value) -> {
            if (key.startsWith("project.")) {
                properties.put(key, value);
            }
        });
        Set<String> testManaged = new HashSet<>();
        line.forEach(one -> one.testManaged().forEach(name -> testManaged.add(text(name, properties))));
        Set<String> unscoped = new HashSet<>(texts(maven.unscoped(), properties));
        Set<String> dependencies = new LinkedHashSet<>();
        Set<String> tests = new LinkedHashSet<>();
        for (String name : texts(pom.dependencies(), properties)) {
            (unscoped.contains(name) && testManaged.contains(name) ? tests : dependencies).add(name);
        }
        tests.addAll(texts(pom.testDependencies(), properties));
        tests.removeAll(dependencies);
        return new BuildFile(
                known(pom.name(), properties),
                known(pom.version(), properties),
                texts(pom.modules(), properties),
                List.copyOf(dependencies),
                List.copyOf(tests),
                List.of(),
                List.of(),
                Map.of(),
                maven);
    }

    /** The pom with its parents, as far as they are in the repository. */
    private List<Maven> line(String path, BuildFile pom) {
        List<Maven> line = new ArrayList<>();
        Set<BuildFile> seen = new HashSet<>();
        String at = path;
        BuildFile one = pom;
        while (one != null && one.maven() != null && line.size() < MOST_PARENTS && seen.add(one)) {
            Maven maven = one.maven();
            line.add(maven);
            String above = at == null ? null : Paths.resolved(Paths.folder(at), maven.parentPath());
            if (above != null && !above.endsWith(".xml")) {
                above = above.isEmpty() ? "pom.xml" : above + "/pom.xml";
            }
            BuildFile there = above == null || maven.parentPath().isEmpty() ? null : byPath.get(above);
            boolean isThere =
                    there != null && maven.parent() != null && maven.parent().equals(there.name());
            one = isThere ? there : maven.parent() == null ? null : byName.get(maven.parent());
            at = isThere ? above : null;
        }
        return line;
    }

    private static List<String> texts(List<String> texts, Map<String, String> properties) {
        return texts.stream().map(text -> text(text, properties)).toList();
    }

    /** The text; null where it needs a property that nobody here gives. */
    private static @Nullable String known(@Nullable String text, Map<String, String> properties) {
        String found = text == null ? null : text(text, properties);
        return found == null || found.contains("${") ? null : found;
    }

    private static String text(String text, Map<String, String> properties) {
        String result = text;
        for (int i = 0; i < DEEPEST && result.contains("${") && result.length() < BuildFile.LONGEST; i++) {
            Matcher property = PROPERTY.matcher(result);
            StringBuilder next = new StringBuilder();
            while (property.find()) {
                String value = value(property.group(1), properties);
                property.appendReplacement(next, Matcher.quoteReplacement(value == null ? property.group() : value));
            }
            String found = property.appendTail(next).toString();
            if (found.equals(result)) {
                break;
            }
            result = found;
        }
        return result;
    }

    private static @Nullable String value(String name, Map<String, String> properties) {
        String value = properties.get(name);
        if (value == null) {
            // Maven 2 knew the project's own without a prefix, or as the pom's.
            value = properties.get("project." + name.replaceFirst("^pom\\.", ""));
        }
        return value == null || value.isEmpty() ? null : value;
    }
}
