package io.atmosfera.integration.github;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** A real git repository in memory, made commit by commit: what a stand-in for GitHub serves the history of. */
final class GitHistory implements AutoCloseable {

    private static final List<String> AUTHORS = List.of("Ann Lee", "Bo Chen", "Çelik Öz", "dependabot[bot]");

    private final InMemoryRepository repository = new InMemoryRepository(new DfsRepositoryDescription("bench"));
    private final Map<String, ObjectId> branches = new TreeMap<>();
    private final Map<String, ObjectId> tags = new LinkedHashMap<>();
    /** The files of each branch: path to blob. Flat, since a tree with folders would only take longer to write. */
    private final Map<String, TreeMap<String, ObjectId>> files = new LinkedHashMap<>();

    /** Whether trees are written with folders, as real ones have. */
    private final boolean withFolders;

    private Instant now = Instant.parse("2024-01-01T08:00:00Z");
    private int count;

    GitHistory() {
        this(false);
    }

    private GitHistory(boolean withFolders) {
        this.withFolders = withFolders;
    }

    /** An empty repository whose trees have folders. */
    static GitHistory withFolders() {
        return new GitHistory(true);
    }

    /** A repository whose branch main has so many commits, every tenth of them a merged side branch. */
    static GitHistory of(int commits) {
        GitHistory history = new GitHistory();
        for (int i = 1; history.count < commits; i++) {
            if (i % 10 == 0 && history.count + 3 <= commits) {
                history.branch("side", "main");
                history.commit(
                        "side", "DEMO-" + (i % 50 + 1) + " side work " + i, "src/Side" + i + ".java", "side " + i);
                history.commit("side", "more side work " + i, "src/Side" + i + ".java", "more " + i);
                history.merge("main", "side", "Merge pull request #" + i + " from octo/side");
                history.delete("side");
            } else {
                history.commit(
                        "main",
                        "Change " + i + (i % 7 == 0 ? " (demo-" + i + ")" : ""),
                        "src/File" + i % 40 + ".java",
                        "text " + i);
            }
        }
        return history;
    }

    /** Begins a branch where another one is. */
    void branch(String name, String from) {
        branches.put(name, branches.get(from));
        files.put(name, new TreeMap<>(files.getOrDefault(from, new TreeMap<>())));
    }

    void delete(String branch) {
        branches.remove(branch);
        files.remove(branch);
    }

    void tag(String name, String branch) {
        tags.put(name, branches.get(branch));
    }

    /** Writes a file on a branch and commits it. */
    String commit(String branch, String message, String path, String text) {
        TreeMap<String, ObjectId> tree = files.computeIfAbsent(branch, any -> new TreeMap<>());
        ObjectId head = branches.get(branch);
        return write(branch, message, tree, path, text, head == null ? List.of() : List.of(head));
    }

    /** Writes files on a branch, removes those without a text, and commits all of it. */
    String commit(String branch, String message, Map<String, @Nullable String> texts) {
        TreeMap<String, ObjectId> tree = files.computeIfAbsent(branch, any -> new TreeMap<>());
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            for (Map.Entry<String, @Nullable String> file : texts.entrySet()) {
                String text = file.getValue();
                if (text == null) {
                    tree.remove(file.getKey());
                } else {
                    tree.put(file.getKey(), inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8)));
                }
            }
            inserter.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ObjectId head = branches.get(branch);
        return write(branch, message, tree, null, "", head == null ? List.of() : List.of(head));
    }

    /** Merges a branch into another one, with all its files. */
    String merge(String into, String from, String message) {
        TreeMap<String, ObjectId> tree = files.get(into);
        tree.putAll(files.get(from));
        return write(into, message, tree, null, "", List.of(branches.get(into), branches.get(from)));
    }

    /** Merges a commit that no branch leads to, as from a fork. */
    String mergeCommit(String into, String sha, String message) {
        TreeMap<String, ObjectId> tree = files.get(into);
        return write(into, message, tree, null, "", List.of(branches.get(into), ObjectId.fromString(sha)));
    }

    /** Throws the last commits of a branch away. */
    void rewind(String branch, int commits) {
        try (RevWalk walk = new RevWalk(repository)) {
            RevCommit commit = walk.parseCommit(branches.get(branch));
            for (int i = 0; i < commits; i++) {
                commit = walk.parseCommit(commit.getParent(0));
            }
            branches.put(branch, commit.getId());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String write(
            String branch,
            String message,
            TreeMap<String, ObjectId> tree,
            @Nullable String path,
            String text,
            List<ObjectId> parents) {
        now = now.plusSeconds(600);
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            if (path != null) {
                tree.put(
                        withFolders ? path : path.replace('/', '_'),
                        inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8)));
            }
            String author = AUTHORS.get(count % AUTHORS.size());
            PersonIdent person = new PersonIdent(
                    author, author.toLowerCase().replace(' ', '.') + "@example.com", now, ZoneOffset.UTC);
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(withFolders ? folders(tree, inserter) : flat(tree, inserter));
            commit.setParentIds(parents);
            commit.setAuthor(person);
            commit.setCommitter(person);
            commit.setMessage(message);
            ObjectId id = inserter.insert(commit);
            inserter.flush();
            branches.put(branch, id);
            count++;
            return id.name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectId flat(Map<String, ObjectId> tree, ObjectInserter inserter) throws IOException {
        TreeFormatter formatter = new TreeFormatter();
        tree.forEach((name, blob) -> formatter.append(name, FileMode.REGULAR_FILE, blob));
        return inserter.insert(formatter);
    }

    private static ObjectId folders(Map<String, ObjectId> tree, ObjectInserter inserter) throws IOException {
        DirCache cache = DirCache.newInCore();
        DirCacheBuilder builder = cache.builder();
        tree.forEach((path, blob) -> {
            DirCacheEntry entry = new DirCacheEntry(path);
            entry.setFileMode(FileMode.REGULAR_FILE);
            entry.setObjectId(blob);
            builder.add(entry);
        });
        builder.finish();
        return cache.writeTree(inserter);
    }

    Map<String, String> branches() {
        Map<String, String> names = new LinkedHashMap<>();
        branches.forEach((name, id) -> names.put(name, id.name()));
        return names;
    }

    Map<String, String> tags() {
        Map<String, String> names = new LinkedHashMap<>();
        tags.forEach((name, id) -> names.put(name, id.name()));
        return names;
    }

    InMemoryRepository repository() {
        return repository;
    }

    /** What {@code git log} lists from some commits on, newest first. */
    List<String> log(List<String> from) {
        try (RevWalk walk = new RevWalk(repository)) {
            walk.sort(RevSort.COMMIT_TIME_DESC);
            for (String sha : from) {
                walk.markStart(walk.parseCommit(ObjectId.fromString(sha)));
            }
            List<String> shas = new ArrayList<>();
            walk.forEach(commit -> shas.add(commit.name()));
            return shas;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
