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
    private static final int MOST_USED = 1000;

    private static final Pattern JVM =
            Pattern.compile("^\\s*import\\s+(?:static\\s+)?([\\w.]{1,300}?)(?:\\.\\*)?\\s*(?:;|$)", Pattern.MULTILINE);
    private static final Pattern JVM_PACKAGE = Pattern.compile("^\\s*package\\s+([\\w.]{1,300})", Pattern.MULTILINE);
    private static final Pattern JVM_STAR =
            Pattern.compile("^\\s*import\\s+([\\w.]{1,300}?)\\.(?:\\*|_)\\s*(?:;|$)", Pattern.MULTILINE);
    private static final Pattern TYPE = Pattern.compile("\\b([A-Z]\\w{0,200})\\b");

    private static final Pattern GO = Pattern.compile(
            "^import\\s*\\(([^)]{0,100000})\\)|^import\\s+(?:[\\w.]{1,100}\\s+)?\"([^\"\\n]{1,300})\"",
            Pattern.MULTILINE);
    private static final Pattern GO_DECLARED = Pattern.compile(
            "^(?:func|type|var|const)\\s+([A-Za-z_]\\w{0,200})|^\\t([A-Z]\\w{0,200})\\s+(?:struct|interface|func|=)",
            Pattern.MULTILINE);
    private static final Pattern WORD = Pattern.compile("\\b([A-Za-z_]\\w{2,200})\\b");

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
            case "go" -> {
                Matcher found = GO.matcher(text);
                while (found.find()) {
                    if (found.group(2) != null) {
                        names.add(found.group(2));
                    } else {
                        names.addAll(BuildTexts.all(BuildTexts.QUOTED, found.group(1)));
                    }
                }
                // The others are Go's own.
                names.removeIf(name -> name.indexOf('.') < 0 && name.indexOf('/') < 0);
            }
            default -> {
                // Of other languages nobody here knows which files an import means.
            }
        }
        return names.stream().limit(MOST).toList();
    }

    /**
     * What a file uses without importing it by its name, since it is of the same package, or all of its package is imported: in
     * the JVM's languages as an import would name it. In Go it is any word of the file, behind a dot.
     */
    static List<String> ofSamePackage(String family, String text) {
        Set<String> names = new LinkedHashSet<>();
        if (family.equals("jvm")) {
            String program = Comments.stripped(text);
            List<String> packages = new ArrayList<>(BuildTexts.all(JVM_STAR, program));
            String own = BuildTexts.first(JVM_PACKAGE, program);
            if (own != null) {
                packages.add(0, own);
            }
            Set<String> types = new LinkedHashSet<>(BuildTexts.all(TYPE, program));
            packages.stream()
                    .flatMap(of -> types.stream().map(type -> of + '.' + type))
                    .limit(MOST_USED)
                    .forEach(names::add);
        } else if (family.equals("go")) {
            BuildTexts.all(WORD, Comments.stripped(text)).forEach(word -> names.add('.' + word));
        }
        return names.stream().limit(MOST_USED).toList();
    }

    /** The names that a file gives to what others of its package use; of languages whose files do not bear them as their own. */
    static List<String> declared(String family, String text) {
        Set<String> names = new LinkedHashSet<>();
        if (family.equals("go")) {
            Matcher found = GO_DECLARED.matcher(Comments.stripped(text));
            while (found.find() && names.size() < MOST_USED) {
                names.add(found.group(1) != null ? found.group(1) : found.group(2));
            }
            names.removeIf(name -> name.equals("main") || name.equals("init") || name.length() < 3);
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
                String target = Paths.resolved(Paths.folder(path), imported);
                if (target == null) {
                    yield List.of();
                }
                yield List.of(target, EXTENSION.matcher(target).replaceFirst(""));
            }
            case "py" -> List.of(imported.replaceFirst("^\\.+", ""));
            // A word of a test is what it is only for files of the same folder.
            case "go" ->
                List.of(imported.startsWith(".") ? Paths.folder(path) + '#' + imported.substring(1) : imported);
            default -> List.of();
        };
    }

    /** What a source may be imported by. */
    static List<String> names(String family, String path) {
        switch (family) {
            case "jvm" -> {
                Matcher below = JVM_ROOT.matcher(path);
                return below.matches() ? List.of(below.group(1).replace('/', '.')) : List.of();
            }
            case "js" -> {
                String plain = EXTENSION.matcher(path).replaceFirst("");
                return plain.endsWith("/index")
                        ? List.of(plain, plain.substring(0, plain.length() - "/index".length()))
                        : List.of(plain);
            }
            case "py" -> {
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
            default -> {
                return List.of();
            }
        }
    }
}
