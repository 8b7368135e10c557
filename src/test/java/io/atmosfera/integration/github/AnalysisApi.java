package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import io.atmosfera.integration.github.StandInGitHub.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** The trees, blobs and languages of a real repository, beside all that {@link HistoryApi} answers of it. */
final class AnalysisApi implements Function<Request, Reply> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern TREE = Pattern.compile("/git/trees/([0-9a-f]{40})(\\?recursive=1)?$");
    private static final Pattern BLOB = Pattern.compile("/git/blobs/([0-9a-f]{40})$");

    private final GitHistory history;
    private final HistoryApi api;
    private final Map<String, Reply> instead = new LinkedHashMap<>();
    private volatile int most = Integer.MAX_VALUE;
    private volatile boolean empty;
    private volatile String languages = "{\"Java\": 4711}";

    AnalysisApi(GitHistory history, StandInGitHub server) {
        this.history = history;
        this.api = new HistoryApi(history, server);
        server.otherwise(this);
    }

    HistoryApi history() {
        return api;
    }

    /** Lists are cut off behind so many entries. */
    void cutOffAt(int entries) {
        most = entries;
    }

    void speak(String json) {
        languages = json;
    }

    void beEmpty() {
        empty = true;
        api.beEmpty(true);
    }

    /** The next request whose line contains a text gets another answer. */
    synchronized void fail(String text, Reply reply) {
        instead.put(text, reply);
    }

    private synchronized Reply failure(String line) {
        for (String text : List.copyOf(instead.keySet())) {
            if (line.contains(text)) {
                return instead.remove(text);
            }
        }
        return null;
    }

    @Override
    public Reply apply(Request request) {
        Reply failure = failure(request.line());
        if (failure != null) {
            return failure;
        }
        Matcher tree = TREE.matcher(request.line());
        Matcher blob = BLOB.matcher(request.line());
        if (request.line().endsWith("/languages")) {
            String tag = "W/\"" + Integer.toHexString(languages.hashCode()) + '"';
            return tag.equals(request.header("If-None-Match"))
                    ? new Reply(304, "", Map.of("ETag", tag))
                    : Reply.json(languages).with("ETag", tag);
        }
        if (empty && request.line().contains("/git/")) {
            return Reply.status(409, "Git Repository is empty.");
        }
        try {
            return tree.find()
                    ? tree(ObjectId.fromString(tree.group(1)), tree.group(2) != null)
                    : blob.find() ? blob(ObjectId.fromString(blob.group(1))) : api.apply(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reply tree(ObjectId id, boolean recursive) throws IOException {
        ArrayNode entries = JSON.createArrayNode();
        boolean truncated = false;
        try (RevWalk walk = new RevWalk(history.repository());
                TreeWalk tree = new TreeWalk(history.repository())) {
            tree.addTree(walk.parseTree(id));
            while (tree.next()) {
                if (entries.size() == most && recursive) {
                    truncated = true;
                    break;
                }
                boolean folder = tree.isSubtree();
                ObjectNode entry = entries.addObject()
                        .put("path", tree.getPathString())
                        .put("mode", folder ? "040000" : "100644")
                        .put("type", folder ? "tree" : "blob")
                        .put("sha", tree.getObjectId(0).name());
                if (!folder) {
                    entry.put("size", tree.getObjectReader().getObjectSize(tree.getObjectId(0), Constants.OBJ_BLOB));
                }
                entry.put(
                        "url", "https://api.example/git/" + tree.getObjectId(0).name());
                if (folder && recursive) {
                    tree.enterSubtree();
                }
            }
        }
        ObjectNode node = JSON.createObjectNode().put("sha", id.name()).put("url", "https://api.example/tree");
        node.set("tree", entries);
        return Reply.json(node.put("truncated", truncated).toString());
    }

    private Reply blob(ObjectId id) throws IOException {
        try (ObjectReader reader = history.repository().newObjectReader()) {
            byte[] bytes = reader.open(id, Constants.OBJ_BLOB).getBytes();
            return Reply.json(JSON.createObjectNode()
                    .put("sha", id.name())
                    .put("size", bytes.length)
                    .put("content", Base64.getMimeEncoder().encodeToString(bytes))
                    .put("encoding", "base64")
                    .toString());
        }
    }

    /** What {@code git ls-tree -r} lists of a commit: each file as {@code path size}. */
    List<String> listed(String commit) {
        List<String> files = new ArrayList<>();
        walk(commit, true, tree -> files.add(tree.getPathString() + ' ' + size(tree)));
        return files;
    }

    /** How many folders {@code git ls-tree -r -d} lists of a commit. */
    int folders(String commit) {
        List<String> folders = new ArrayList<>();
        walk(commit, false, tree -> {
            if (tree.getFileMode(0) == FileMode.TREE) {
                folders.add(tree.getPathString());
            }
        });
        return folders.size();
    }

    private static long size(TreeWalk tree) {
        try {
            return tree.getObjectReader().getObjectSize(tree.getObjectId(0), Constants.OBJ_BLOB);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void walk(String commit, boolean recursive, java.util.function.Consumer<TreeWalk> each) {
        try (RevWalk walk = new RevWalk(history.repository());
                TreeWalk tree = new TreeWalk(history.repository())) {
            tree.addTree(walk.parseTree(ObjectId.fromString(commit)));
            tree.setRecursive(recursive);
            while (tree.next()) {
                each.accept(tree);
                if (tree.isSubtree()) {
                    tree.enterSubtree();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
