package io.atmosfera.integration.analysis;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which sources have a test, by how tests are called and by what they import: an estimate, for nothing is run. */
final class TestEstimate {

    private static final int MOST = 20;

    private final Set<String> imported = new HashSet<>();
    private final Largest<FileRow> untested = new Largest<>(
            MOST, Comparator.comparingLong(FileRow::size).thenComparing(FileRow::path, Comparator.reverseOrder()));
    private int sources;
    private int tests;
    private int testsRead;
    private int tested;

    /** Takes notice of what a test imports. */
    void importedBy(String path, String family, String[] imports) {
        for (String name : imports) {
            Imports.meant(family, path, name).forEach(meant -> imported.add(family + ':' + meant));
        }
    }

    /**
     * Whether a source has a test; counts it as well.
     *
     * @param goPackage what its package is imported by, where it is of Go
     */
    boolean add(FileRow source, @Nullable String goPackage) {
        boolean isTested = source.tested() || isImported(source, goPackage);
        sources++;
        tested += isTested ? 1 : 0;
        if (!isTested) {
            untested.add(source);
        }
        return isTested;
    }

    void addTest(FileRow test) {
        tests++;
        testsRead += test.method() == null ? 0 : 1;
    }

    private boolean isImported(FileRow source, @Nullable String goPackage) {
        if (imported.isEmpty()) {
            return false;
        }
        String family = RepositoryPaths.family(source.language());
        if (family.equals("go")) {
            String folder = family + ':' + Paths.folder(source.path()) + '#';
            return (goPackage != null && imported.contains(family + ':' + goPackage))
                    || source.declared().stream().anyMatch(name -> imported.contains(folder + name));
        }
        return Imports.names(family, source.path()).stream().anyMatch(name -> imported.contains(family + ':' + name));
    }

    double percent() {
        return percent(tested, sources);
    }

    private static double percent(int part, int whole) {
        return whole == 0 ? 0 : Math.round(1000.0 * part / whole) / 10.0;
    }

    ObjectNode node(ObjectMapper json, List<Module> modules) {
        ObjectNode node = json.createObjectNode()
                .put("method", imported.isEmpty() ? "naming" : "naming-and-imports")
                .put("sourceFiles", sources)
                .put("testFiles", tests)
                .put("testFilesRead", testsRead)
                .put("testedFiles", tested)
                .put("estimatedPercent", percent())
                .put("ratio", sources == 0 ? 0 : Math.round(100.0 * tests / sources) / 100.0);
        ArrayNode byModule = node.putArray("byModule");
        modules.stream().filter(module -> module.sources() + module.tests() > 0).forEach(module -> byModule.addObject()
                .put("module", module.name())
                .put("sourceFiles", module.sources())
                .put("testFiles", module.tests())
                .put("testedFiles", module.tested())
                .put("estimatedPercent", percent(module.tested(), module.sources())));
        ArrayNode array = node.putArray("untested");
        untested.list()
                .forEach(file -> array.addObject().put("path", file.path()).put("bytes", file.size()));
        return node;
    }
}
