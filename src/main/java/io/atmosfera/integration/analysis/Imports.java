package io.atmosfera.integration.analysis;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What tests import, and which sources that are; where a language names files or classes by it. */
final class Imports {

    private static final int MOST = 200;

    private static final Pattern JVM =
            Pattern.compile("^\\s*import\\s+(?:static\\s+)?([\\w.]{1,300}?)(?:\\.\\*)?\\s*(?:;|$)", Pattern.MULTILINE);
    private static final Pattern JS = Pattern.compile(
            "(?:\\bfrom\\s{0,9}|\\bimport\\s{0,9}\\(?\\s{0,9}|\\brequire\\s{0,9}\\(\\s{0,9})['\"](\\.{1,2}/[^'\"\\n]{1,300})['\"]");
    private static final Pattern PYTHON = Pattern.compile(
            "^[ \\t]*(?:from[ \\t]+([\\w.]{1,300})[ \\t]+import[ \\t]+\\(?([\\w, \\t]{1,500})|import[ \\t]+([\\w.]{1,300}))",
            Pattern.MULTILINE);
    private static final Pattern EXTENSION = Pattern.compile("\\.\\w{1,6}$");
    private static final Pattern JVM_ROOT = Pattern.compile("(?:.*/)?(?:java|kotlin|groovy|scala|src)/(.+)\\.\\w+");

    private Imports() {}

    /** What a file imports, as it is written there. */
    static List<String> of(String family, String text) {
        Set<String> names = new LinkedHashSet<>();
        switch (family) {
            case "jvm" -> find(JVM, text, names);
            case "js" -> find(JS, text, names);
            case "py" -> {
                Matcher found = PYTHON.matcher(text);
                while (found.find() && names.size() < MOST) {
                    if (found.group(3) != null) {
                        names.add(found.group(3));
                    } else {
                        names.add(found.group(1));
                        for (String part : found.group(2).split(",")) {
                            names.add(found.group(1) + '.' + part.strip().split("\\s")[0]);
                        }
                    }
                }
            }
            default -> {
                // Other languages import packages, which says nothing of files.
            }
        }
        return List.copyOf(names);
    }

    private static void find(Pattern pattern, String text, Set<String> names) {
        Matcher found = pattern.matcher(text);
        while (found.find() && names.size() < MOST) {
            names.add(found.group(1));
        }
    }

    /** The names, as {@link #names} gives those of sources, of all that a file may mean by an import. */
    static List<String> meant(String family, String path, String imported) {
        return switch (family) {
            case "jvm" -> {
                int dot = imported.lastIndexOf('.');
                yield dot < 0 ? List.of() : List.of(imported, imported.substring(0, dot));
            }
            case "js" -> {
                String target = resolved(path, imported);
                yield List.of(target, EXTENSION.matcher(target).replaceFirst(""));
            }
            case "py" -> List.of(imported.replaceFirst("^\\.+", ""));
            default -> List.of();
        };
    }

    /** What a source may be imported by. */
    static List<String> names(String family, String path) {
        switch (family) {
            case "jvm": {
                Matcher below = JVM_ROOT.matcher(path);
                return below.matches() ? List.of(below.group(1).replace('/', '.')) : List.of();
            }
            case "js": {
                String plain = EXTENSION.matcher(path).replaceFirst("");
                return plain.endsWith("/index")
                        ? List.of(plain, plain.substring(0, plain.length() - "/index".length()))
                        : List.of(plain);
            }
            case "py": {
                String dotted = path.replaceFirst("(?:/__init__)?\\.py$", "").replace('/', '.');
                List<String> names = new ArrayList<>();
                // From any folder above it that Python may look in; a last name alone would be that of too many.
                String rest = dotted;
                names.add(rest);
                for (int dot = rest.indexOf('.'); dot >= 0 && names.size() < 4; dot = rest.indexOf('.')) {
                    rest = rest.substring(dot + 1);
                    if (rest.indexOf('.') >= 0) {
                        names.add(rest);
                    }
                }
                return names;
            }
            default:
                return List.of();
        }
    }

    private static String resolved(String path, String imported) {
        List<String> parts = new ArrayList<>(List.of(path.split("/")));
        parts.remove(parts.size() - 1);
        for (String part : imported.split("/")) {
            if (part.equals("..")) {
                if (!parts.isEmpty()) {
                    parts.remove(parts.size() - 1);
                }
            } else if (!part.equals(".") && !part.isEmpty()) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }
}
