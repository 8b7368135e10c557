package io.atmosfera.integration.analysis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Paths of files in a repository: without a slash at either end, and the root is empty. */
final class Paths {

    private Paths() {}

    static String folder(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static boolean isBelow(String path, String folder) {
        return folder.isEmpty() || path.startsWith(folder + '/');
    }

    /** What a relative path means that is written in a folder; null where it leads out of the repository. */
    static @Nullable String resolved(String folder, String relative) {
        List<String> parts = new ArrayList<>();
        for (String part : (folder + '/' + relative).split("/")) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return null;
                }
                parts.remove(parts.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return String.join("/", parts);
    }
}
