package io.atmosfera.integration.analysis;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/** What lies where in a repository, file by file in the order of their paths. */
final class Structure {

    private static final int MOST_FILES = 20;
    private static final int MOST_ROOTS = 200;

    private final Map<String, long[]> sourceRoots = new TreeMap<>();
    private final Map<String, long[]> testRoots = new TreeMap<>();
    private final Largest<FileRow> largest = new Largest<>(
            MOST_FILES,
            Comparator.comparingLong(FileRow::size).thenComparing(FileRow::path, Comparator.reverseOrder()));
    private final Map<String, Long> leftOut = new TreeMap<>();
    private long leftOutBytes;
    private String folder = "";
    private long files;
    private long directories;
    private long bytes;

    void add(FileRow file) {
        files++;
        bytes += file.size();
        if (file.isLeftOut()) {
            leftOut.merge(file.kind(), 1L, Long::sum);
            leftOutBytes += file.size();
        } else {
            largest.add(file);
        }
        enter(file.path().substring(0, file.path().lastIndexOf('/') + 1));
        if (file.isSource() || file.isTest()) {
            long[] root = (file.isSource() ? sourceRoots : testRoots)
                    .computeIfAbsent(RepositoryPaths.root(file.path()), any -> new long[2]);
            root[0]++;
            root[1] += file.size();
        }
    }

    /** All that is in a folder comes in a row, so each folder is entered once. */
    private void enter(String next) {
        int same = 0;
        while (same < next.length() && same < folder.length() && next.charAt(same) == folder.charAt(same)) {
            same++;
        }
        int shared = next.lastIndexOf('/', same - 1) + 1;
        for (int i = shared; i < next.length(); i++) {
            if (next.charAt(i) == '/') {
                directories++;
            }
        }
        folder = next;
    }

    ObjectNode node(ObjectMapper json, Architecture architecture, boolean truncated) {
        ObjectNode node = json.createObjectNode()
                .put("files", files)
                .put("directories", directories)
                .put("bytes", bytes)
                .put("truncated", truncated);
        ObjectNode others = node.putObject("leftOut");
        leftOut.forEach(others::put);
        others.put("bytes", leftOutBytes);
        ArrayNode modules = node.putArray("modules");
        architecture.modules().forEach(module -> put(modules.addObject(), module));
        put(node.putArray("sourceRoots"), sourceRoots);
        put(node.putArray("testRoots"), testRoots);
        node.set("buildFiles", architecture.buildFiles());
        ArrayNode array = node.putArray("largestFiles");
        largest.list()
                .forEach(file -> array.addObject().put("path", file.path()).put("bytes", file.size()));
        return node;
    }

    private static void put(ObjectNode node, Module module) {
        node.put("name", module.name()).put("path", module.path());
        if (module.buildFile() != null) {
            node.put("buildFile", module.buildFile());
        }
        node.put("tool", module.tool())
                .put("files", module.files())
                .put("bytes", module.bytes())
                .put("read", module.isRead());
        if (module.isRead()) {
            node.put("externalCount", module.external().size());
        }
    }

    private static void put(ArrayNode array, Map<String, long[]> roots) {
        roots.entrySet().stream()
                .sorted(Comparator.comparingLong(root -> -root.getValue()[1]))
                .limit(MOST_ROOTS)
                .forEach(root -> array.addObject()
                        .put("path", root.getKey())
                        .put("files", root.getValue()[0])
                        .put("bytes", root.getValue()[1]));
    }
}
