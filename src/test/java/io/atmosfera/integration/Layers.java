package io.atmosfera.integration;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which folder of routes calls which, and which folder's statements write a table, as the files say it. */
final class Layers {

    /** The folders whose routes and statements a folder may call, beside its own. */
    static final Map<String, Set<String>> MAY_CALL = Map.of(
            "http", Set.of(),
            "live", Set.of(),
            "project", Set.of("http"),
            "admin", Set.of("http"),
            "integration", Set.of("http", "project"),
            "webhook", Set.of("http"),
            "sync", Set.of("http", "project", "integration"),
            "jira", Set.of("http", "project", "integration", "sync"),
            "github", Set.of("http", "project", "integration", "sync"),
            "source", Set.of("http", "project", "integration", "sync"));

    /** What many may write: notes of what others did, and figures that the statement counts that makes them true. */
    static final Pattern WRITTEN_BY_MANY =
            Pattern.compile("audit_log|platform_events|sync_schedules|.*_days|.*_hours|.*_counters");

    /** Tables that more than one folder still writes; the list may only shrink. */
    static final Set<String> STILL_WRITTEN_BY_MORE = Set.of(
            "connection_health",
            "integration_configs",
            "integration_secrets",
            "jira_sync_seen",
            "sync_logs",
            "sync_stream_logs");

    private static final Pattern CONSUMER =
            Pattern.compile("from:\\s+id: \\S+\\s+uri: [\"']?(?:direct|seda):([\\w-]+)");
    private static final Pattern CALL = Pattern.compile("(?:direct|seda):([\\w-]+)(?![\\w{$-])");
    private static final Pattern STATEMENT = Pattern.compile("sql/(\\w+)/");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*#.*$");
    private static final Pattern WRITE =
            Pattern.compile("\\b(?:INSERT INTO|UPDATE|DELETE FROM|MERGE INTO) (?!SET\\b|OF\\b|SKIP\\b)([a-z_]+)");

    private Layers() {}

    /** The folders that each folder calls, by routes and by statements, with the number of places where it does. */
    static SortedMap<String, SortedMap<String, Long>> calls(PlatformFiles files) {
        Map<String, String> folderOf = new TreeMap<>();
        routes(files).forEach((path, text) -> found(CONSUMER, text).forEach(name -> folderOf.put(name, folder(path))));
        SortedMap<String, SortedMap<String, Long>> calls = new TreeMap<>();
        routes(files).forEach((path, text) -> {
            SortedMap<String, Long> called = calls.computeIfAbsent(folder(path), of -> new TreeMap<>());
            Stream.concat(
                            found(CALL, text).stream().map(name -> folderOf.getOrDefault(name, folder(path))),
                            found(STATEMENT, text).stream())
                    .filter(folder -> !folder.equals(folder(path)))
                    .forEach(folder -> called.merge(folder, 1L, Long::sum));
        });
        return calls;
    }

    /** The calls that a folder's layer does not allow. */
    static List<String> breaches(PlatformFiles files) {
        return calls(files).entrySet().stream()
                .flatMap(from -> from.getValue().keySet().stream()
                        .filter(to ->
                                !MAY_CALL.getOrDefault(from.getKey(), Set.of()).contains(to))
                        .map(to -> from.getKey() + " calls " + to))
                .toList();
    }

    /** The folders whose statements write each table; what the deletion of a project takes along does not count. */
    static SortedMap<String, SortedSet<String>> writers(PlatformFiles files) {
        SortedMap<String, SortedSet<String>> writers = new TreeMap<>();
        files.sql().forEach((path, text) -> {
            if (!path.equals("sql/project/project-delete.sql")) {
                found(WRITE, text.replaceAll("--[^\n]*", ""))
                        .forEach(table -> writers.computeIfAbsent(table, of -> new TreeSet<>())
                                .add(folder(path)));
            }
        });
        writers.values().removeIf(folders -> folders.size() == 1);
        return writers;
    }

    /** The calls as Mermaid draws them. */
    static String picture(PlatformFiles files) {
        return calls(files).entrySet().stream()
                .flatMap(from -> from.getValue().entrySet().stream()
                        .map(to -> "    %s -->|%d| %s".formatted(from.getKey(), to.getValue(), to.getKey())))
                .collect(Collectors.joining("\n", "graph TD\n", "\n"));
    }

    private static SortedMap<String, String> routes(PlatformFiles files) {
        SortedMap<String, String> routes = new TreeMap<>();
        files.routes().forEach((path, text) -> {
            if (path.startsWith("routes/")) {
                routes.put(path, COMMENT.matcher(text).replaceAll(""));
            }
        });
        return routes;
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static String folder(String path) {
        return path.split("/")[1];
    }
}
