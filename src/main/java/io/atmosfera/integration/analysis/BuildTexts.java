package io.atmosfera.integration.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What readers of build files have in common that search a text. */
final class BuildTexts {

    static final Pattern QUOTED = Pattern.compile("['\"]([^'\"\\n]{1,200})['\"]");
    private static final Pattern REQUIREMENT = Pattern.compile("^([A-Za-z0-9][\\w.-]{0,200})\\s*(?:\\[|[<>=!~;@ ]|$)");

    private BuildTexts() {}

    /** The first group of each match. */
    static List<String> all(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find() && found.size() < BuildFile.MOST) {
            found.add(matcher.group(1));
        }
        return found;
    }

    static @Nullable String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }

    static String[] unquoted(String list) {
        return all(QUOTED, list).toArray(String[]::new);
    }

    /** The names of packages that lines of Python's requirements begin with. */
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
}
