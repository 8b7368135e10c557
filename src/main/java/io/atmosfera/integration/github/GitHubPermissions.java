package io.atmosfera.integration.github;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which permission of a token an address below a repository needs, as GitHub names it. */
final class GitHubPermissions {

    /** The first that fits counts. */
    private static final Map<Pattern, String> OF_PATHS = new LinkedHashMap<>();

    static {
        put("/commits/[^/]+/check-runs.*", "Checks: read");
        put("/(check-runs|check-suites)(/.*)?", "Checks: read");
        put("/branches/[^/]+/protection(/.*)?", "Administration: read");
        put("/(commits|branches|tags|releases|compare|git|contents|zipball|tarball)(/.*)?", "Contents: read");
        put("/pulls(/.*)?", "Pull requests: read");
        put("/issues(/.*)?", "Issues: read");
        put("/actions(/.*)?", "Actions: read");
        put("/deployments(/.*)?", "Deployments: read");
        put("/hooks(/.*)?", "Webhooks: read and write");
    }

    private GitHubPermissions() {}

    private static void put(String path, String permission) {
        OF_PATHS.put(Pattern.compile(path), permission);
    }

    /**
     * The permission, or null where none is known.
     *
     * @param path what comes behind the repository in an address, without its query
     */
    static @Nullable String of(String path) {
        return OF_PATHS.entrySet().stream()
                .filter(known -> known.getKey().matcher(path).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
