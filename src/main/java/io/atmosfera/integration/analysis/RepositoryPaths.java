package io.atmosfera.integration.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells by its path what a file of a repository is. All that differs from language to language stands in tables. */
final class RepositoryPaths {

    /** Counts up when other paths become something else: the paths of all repositories are then looked at again. */
    static final int RULES = 2;

    /** Names that files of many folders bear; their folder tells them apart. */
    private static final Set<String> COMMON = Set.of(
            "index",
            "main",
            "mod",
            "lib",
            "utils",
            "util",
            "helpers",
            "types",
            "constants",
            "config",
            "app",
            "__init__");

    private static final Set<String> TEST_FOLDERS =
            Set.of("test", "tests", "__tests__", "spec", "specs", "e2e", "androidTest", "testing", "integrationTest");

    private static final Pattern TEST_PROJECT =
            Pattern.compile("(?:.*[._-])?(?:Unit|Integration|Functional)?Tests?|.*[._-]Specs?");
    private static final Pattern SOURCE_SET =
            Pattern.compile("(?:.*/)?src/(test|it|integrationTest|androidTest|main)/.*");

    /** Folders of what projects are made from. */
    private static final Pattern TEMPLATE =
            Pattern.compile("(?:^|/)(?:src/[^/]+/resources|archetype-resources|templates?|skeletons?)/");

    private static final Pattern LANGUAGE_ROOT =
            Pattern.compile("((?:.*/)?src/[^/]+/(?:java|kotlin|groovy|scala|js|ts|python|cpp|c))/.*");
    private static final Pattern ROOT = Pattern.compile(
            "((?:.*?/)??(?:src|lib|app|source|sources|pkg|cmd|internal|tests?|__tests__|specs?|e2e))/.*");

    private record Language(String name, @Nullable String family) {}

    private record BuildTool(Pattern name, String tool, boolean module) {}

    private record TestName(String family, Pattern name) {}

    private record ToldName(Pattern name, String kind) {}

    private static final BuildTool NAMED_AS_PROJECT =
            new BuildTool(Pattern.compile(".*\\.gradle(?:\\.kts)?"), "Gradle", true);

    private static final Map<String, Language> LANGUAGES = new HashMap<>();
    private static final Map<String, String> FAMILIES = new HashMap<>();
    private static final Map<String, String> FOLDERS = new HashMap<>();
    private static final Map<String, String> FOLDERS_OUTSIDE_SRC = new HashMap<>();
    private static final List<ToldName> TOLD_NAMES = new ArrayList<>();
    private static final List<BuildTool> BUILD_TOOLS = new ArrayList<>();
    private static final List<TestName> TEST_NAMES = new ArrayList<>();

    static {
        DataFile.rows("languages.tsv")
                .forEach(row -> LANGUAGES.put(row[0], new Language(row[1], row[2].equals("-") ? null : row[2])));
        LANGUAGES.values().forEach(language -> {
            if (language.family() != null) {
                FAMILIES.put(language.name(), language.family());
            }
        });
        DataFile.rows("folders.tsv")
                .forEach(row -> (row[2].equals("anywhere") ? FOLDERS : FOLDERS_OUTSIDE_SRC).put(row[0], row[1]));
        DataFile.rows("told-files.tsv").forEach(row -> TOLD_NAMES.add(new ToldName(Pattern.compile(row[0]), row[1])));
        DataFile.rows("build-files.tsv")
                .forEach(row ->
                        BUILD_TOOLS.add(new BuildTool(Pattern.compile(row[0]), row[1], row[2].equals("module"))));
        DataFile.rows("tests.tsv").forEach(row -> TEST_NAMES.add(new TestName(row[0], Pattern.compile(row[1]))));
    }

    private RepositoryPaths() {}

    /** What a path tells; a link to another file is never more than a name. */
    static PathFacts facts(String path, boolean link) {
        String name = Paths.name(path);
        String kind = link ? PathFacts.OTHER : keptApart(path, name);
        if (kind != null) {
            Language language = LANGUAGES.get(extension(name));
            return new PathFacts(kind, language == null ? null : language.name(), null, null);
        }
        return unmarked(path);
    }

    /** What a path tells of a file that is said to be neither generated nor vendored, whatever its folder is called. */
    static PathFacts unmarked(String path) {
        String name = Paths.name(path);
        Language language = LANGUAGES.get(extension(name));
        String languageName = language == null ? null : language.name();
        BuildTool tool = tool(path);
        if (tool != null) {
            return new PathFacts(
                    isTemplate(path) ? PathFacts.FIXTURE : PathFacts.BUILD, languageName, null, tool.tool());
        }
        if (language == null || language.family() == null) {
            return new PathFacts(PathFacts.OTHER, languageName, null, null);
        }
        return code(path, name, language.name(), language.family());
    }

    /** Whether a build file is data for a build's tests or for a generator of projects, and no part of the build. */
    private static boolean isTemplate(String path) {
        Matcher set = SOURCE_SET.matcher(path);
        return (set.matches() && !"main".equals(set.group(1)))
                || TEMPLATE.matcher(path).find();
    }

    /** Whether the folder of such a build file is a module. */
    static boolean makesModule(String path) {
        BuildTool tool = tool(path);
        return tool != null && tool.module();
    }

    /** How much a build file says of its folder beside others there: the first of them names the module. */
    static int rank(String path) {
        String name = Paths.name(path);
        for (int i = 0; i < BUILD_TOOLS.size(); i++) {
            if (BUILD_TOOLS.get(i).name().matcher(name).matches()) {
                return i;
            }
        }
        return BUILD_TOOLS.size();
    }

    private static PathFacts code(String path, String name, String language, String family) {
        String stem = name.substring(0, name.length() - extension(name).length() - 1);
        String tested = tested(family, stem);
        boolean test = tested != null ? isTestName(family, path) : inTests(path);
        if (test) {
            return new PathFacts(
                    PathFacts.TEST,
                    language,
                    tested == null
                            ? (inTestsFolder(path) ? subject(family, path, stem) : null)
                            : subject(family, path, tested),
                    null);
        }
        return new PathFacts(PathFacts.SOURCE, language, subject(family, path, stem), null);
    }

    /** A class called LatestIT or UnitTest counts among sources only where its folder says that it is one. */
    private static boolean isTestName(String family, String path) {
        Matcher set = SOURCE_SET.matcher(path);
        return !family.equals("jvm") || !set.matches() || !"main".equals(set.group(1));
    }

    private static @Nullable String tested(String family, String stem) {
        for (TestName candidate : TEST_NAMES) {
            if (candidate.family().equals(family)) {
                Matcher name = candidate.name().matcher(stem);
                if (name.matches()) {
                    return name.group(1);
                }
            }
        }
        return null;
    }

    private static String subject(String family, String path, String stem) {
        if (family.equals("go")) {
            return family + ':' + path.substring(0, path.lastIndexOf('/') + 1) + stem;
        }
        if (COMMON.contains(stem)) {
            String[] folders = path.split("/");
            for (int i = folders.length - 2; i >= 0; i--) {
                if (!TEST_FOLDERS.contains(folders[i])) {
                    return family + ':' + folders[i] + '/' + stem;
                }
            }
        }
        return family + ':' + stem;
    }

    /** What is no work of the people here, or no code: vendored, generated, or data for tests. */
    private static @Nullable String keptApart(String path, String name) {
        boolean belowSource = false;
        int from = 0;
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', from)) {
            String folder = path.substring(from, slash);
            String kind = FOLDERS.get(folder);
            if (kind == null && !belowSource) {
                kind = FOLDERS_OUTSIDE_SRC.get(folder);
            }
            if (kind != null) {
                return kind;
            }
            belowSource |= folder.equals("src");
            from = slash + 1;
        }
        if (path.contains("src/test/resources/") || path.contains("src/it/resources/")) {
            return PathFacts.FIXTURE;
        }
        for (ToldName told : TOLD_NAMES) {
            if (told.name().matcher(name).matches()) {
                return told.kind();
            }
        }
        return null;
    }

    private static boolean inTests(String path) {
        Matcher set = SOURCE_SET.matcher(path);
        if (set.matches()) {
            return !"main".equals(set.group(1));
        }
        return inTestsFolder(path);
    }

    private static boolean inTestsFolder(String path) {
        String[] folders = path.split("/");
        for (int i = 0; i < folders.length - 1; i++) {
            if (TEST_FOLDERS.contains(folders[i])
                    || TEST_PROJECT.matcher(folders[i]).matches()) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable BuildTool tool(String path) {
        String name = Paths.name(path);
        if (name.endsWith(".gradle") || name.endsWith(".gradle.kts")) {
            // Many builds call the file of a project as the project is called.
            String folder = Paths.name(Paths.folder(path));
            boolean isProject = !folder.isEmpty()
                    && name.replaceFirst("\\.gradle(?:\\.kts)?$", "").equals(folder);
            if (isProject && !folder.equals("gradle")) {
                return NAMED_AS_PROJECT;
            }
        }
        for (BuildTool tool : BUILD_TOOLS) {
            if (tool.name().matcher(name).matches()) {
                return tool;
            }
        }
        return null;
    }

    private static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** The family of a language, whose files test each other; empty where it has none. */
    static String family(@Nullable String language) {
        return language == null ? "" : FAMILIES.getOrDefault(language, "");
    }

    /** The folder under which a source or test has its place: src/main/java, src, tests, or the first folder. */
    static String root(String path) {
        Matcher set = LANGUAGE_ROOT.matcher(path);
        if (set.matches()) {
            return set.group(1);
        }
        Matcher root = ROOT.matcher(path);
        if (root.matches()) {
            return root.group(1);
        }
        int slash = path.indexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
