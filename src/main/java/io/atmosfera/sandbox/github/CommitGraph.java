package io.atmosfera.sandbox.github;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Commits, branches and tags. */
final class CommitGraph {

    private static final Comparator<Commit> NEWEST_FIRST =
            Comparator.comparingLong(Commit::number).reversed();

    private String seed;
    private final Map<String, Commit> commits = new HashMap<>();
    private final Map<String, String> branches = new TreeMap<>();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private long number;

    /** @param seed what SHAs follow from, so that the same history has the same ones */
    CommitGraph(String seed) {
        this.seed = seed;
    }

    /** From now on SHAs follow from another seed, so that they are no others' in a history that is made again. */
    void seed(String another) {
        seed = another;
    }

    /** The heads by the names of the branches. */
    Map<String, String> branches() {
        return branches;
    }

    /** The commits by the names of the tags, oldest first. */
    Map<String, String> tags() {
        return tags;
    }

    int size() {
        return commits.size();
    }

    /** What a SHA, or the name of a branch or tag, leads to. */
    Optional<Commit> find(String ref) {
        String sha = branches.getOrDefault(ref, tags.getOrDefault(ref, ref));
        return Optional.ofNullable(commits.get(sha));
    }

    /** @throws NoSuchElementException where the ref leads to nothing */
    Commit get(String ref) {
        return find(ref).orElseThrow(() -> new NoSuchElementException("There is no " + ref));
    }

    /** The head of a branch; null where it has no commits yet. */
    @Nullable
    Commit head(String branch) {
        String sha = branches.get(branch);
        return sha == null ? null : commits.get(sha);
    }

    /** Commits files on a branch, which begins with it where it was not there. */
    Commit commit(String branch, Developer author, String message, Map<String, String> files, Instant at) {
        Commit head = head(branch);
        Map<String, String> tree = head == null ? Map.of() : tree(head.sha());
        return add(branch, head == null ? List.of() : List.of(head.sha()), author, message, changes(tree, files), at);
    }

    /** Merges a branch into another one: by a commit with two parents, or by one that has all of it. */
    Commit merge(String from, String into, boolean squash, Developer author, String message, Instant at) {
        Commit head = get(into);
        Commit other = get(from);
        Map<String, String> base = tree(mergeBase(head.sha(), other.sha()));
        Map<String, String> ours = tree(head.sha());
        Map<String, String> files = new TreeMap<>();
        tree(other.sha()).forEach((path, text) -> {
            String old = base.getOrDefault(path, "");
            if (!text.equals(old)) {
                files.put(path, merged(old, ours.getOrDefault(path, ""), text));
            }
        });
        List<String> parents = squash ? List.of(head.sha()) : List.of(head.sha(), other.sha());
        return add(into, parents, author, message, changes(ours, files), at);
    }

    /** What both sides have made of a text. Where both have changed it, what they have added comes before what all end with. */
    private static String merged(String base, String ours, String theirs) {
        if (ours.equals(base)) {
            return theirs;
        }
        int same = 0;
        while (same < Math.min(base.length(), theirs.length()) && base.charAt(same) == theirs.charAt(same)) {
            same++;
        }
        int tail = 0;
        while (tail < Math.min(base.length(), theirs.length()) - same
                && base.charAt(base.length() - 1 - tail) == theirs.charAt(theirs.length() - 1 - tail)) {
            tail++;
        }
        String added = theirs.substring(same, theirs.length() - tail);
        String end = base.substring(base.length() - tail);
        return ours.endsWith(end) ? ours.substring(0, ours.length() - tail) + added + end : ours;
    }

    private Commit add(
            String branch,
            List<String> parents,
            Developer author,
            String message,
            List<FileChange> changes,
            Instant at) {
        number++;
        String sha = Sha.of(seed + ' ' + number + ' ' + parents + ' ' + message);
        Commit commit = new Commit(number, sha, parents, message, author, at, changes);
        commits.put(sha, commit);
        branches.put(branch, sha);
        return commit;
    }

    private static List<FileChange> changes(Map<String, String> tree, Map<String, String> files) {
        List<FileChange> changes = new ArrayList<>();
        new TreeMap<>(files).forEach((path, text) -> {
            if (!text.equals(tree.get(path))) {
                changes.add(new FileChange(path, tree.get(path), text));
            }
        });
        return changes;
    }

    /** The texts of all files by their paths. */
    Map<String, String> tree(String ref) {
        Map<String, String> tree = new TreeMap<>();
        Deque<Commit> line = new ArrayDeque<>();
        Commit commit = find(ref).orElse(null);
        while (commit != null) {
            line.push(commit);
            commit = commit.parents().isEmpty()
                    ? null
                    : commits.get(commit.parents().get(0));
        }
        for (Commit each : line) {
            for (FileChange change : each.changes()) {
                if (change.after() == null) {
                    tree.remove(change.path());
                } else {
                    tree.put(change.path(), change.after());
                }
            }
        }
        return tree;
    }

    /** A commit and all before it, newest first. */
    List<Commit> log(String ref) {
        return ancestors(get(ref).sha()).stream()
                .map(commits::get)
                .sorted(NEWEST_FIRST)
                .toList();
    }

    /** What leads to one commit and not to another, oldest first. */
    List<Commit> between(String base, String head) {
        Set<String> known = ancestors(get(base).sha());
        return ancestors(get(head).sha()).stream()
                .filter(sha -> !known.contains(sha))
                .map(commits::get)
                .sorted(NEWEST_FIRST.reversed())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** The newest commit that leads to both. */
    String mergeBase(String one, String other) {
        Set<String> common = ancestors(get(one).sha());
        common.retainAll(ancestors(get(other).sha()));
        return common.stream()
                .map(commits::get)
                .min(NEWEST_FIRST)
                .map(Commit::sha)
                .orElseThrow(() -> new NoSuchElementException("No common ancestor"));
    }

    /** What differs between two commits. */
    List<FileChange> difference(String base, String head) {
        Map<String, String> old = tree(base);
        Map<String, String> now = tree(head);
        Set<String> paths = new TreeSet<>(old.keySet());
        paths.addAll(now.keySet());
        List<FileChange> changes = new ArrayList<>();
        for (String path : paths) {
            if (!Objects.equals(old.get(path), now.get(path))) {
                changes.add(new FileChange(path, old.get(path), now.get(path)));
            }
        }
        return changes;
    }

    private Set<String> ancestors(String sha) {
        Set<String> found = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(sha));
        while (!open.isEmpty()) {
            String next = open.pop();
            if (found.add(next)) {
                Commit commit = commits.get(next);
                if (commit != null) {
                    open.addAll(commit.parents());
                }
            }
        }
        return found;
    }
}
