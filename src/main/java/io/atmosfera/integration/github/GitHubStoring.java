package io.atmosfera.integration.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A page that is being stored: what of it is still to come, what was stored, and what was refused. Getters in the bean style,
 * for routes and SQL.
 */
public final class GitHubStoring {

    /**
     * Something of a page that was not stored as it came.
     *
     * @param ref    names the object
     * @param reason in a sentence
     * @param object as GitHub gave it; null where the object was stored, but a value of it was cut
     */
    record Problem(String ref, String reason, @Nullable JsonNode object) {}

    private final String stream;
    private final Deque<ArrayNode> waiting = new ArrayDeque<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> refs = new ArrayList<>();
    private final int[] counts = new int[3];
    private int processed;
    private ArrayNode batch;
    private List<Problem> ofBatch = List.of();
    private List<String> refsOfBatch = List.of();

    GitHubStoring(String stream, ArrayNode page) {
        this.stream = stream;
        this.batch = page;
        waiting.add(page);
    }

    public String getStream() {
        return stream;
    }

    /** Whether there is something left to be stored. */
    public boolean isGoingOn() {
        return !waiting.isEmpty();
    }

    /** The objects that were stored, by their names. */
    public String[] getRefs() {
        return refs.toArray(String[]::new);
    }

    /** Of how many rows how many are new, changed and as they were. */
    public Map<String, Integer> getCounts() {
        return Map.of("processed", processed, "created", counts[0], "updated", counts[1], "unchanged", counts[2]);
    }

    List<Problem> problems() {
        return problems;
    }

    ArrayNode batch() {
        return batch;
    }

    ArrayNode next() {
        batch = waiting.remove();
        ofBatch = List.of();
        refsOfBatch = List.of();
        return batch;
    }

    /** Notes what is to be said of the objects of the batch, if they are stored now. */
    void cleaned(List<String> named, List<Problem> found) {
        refsOfBatch = named;
        ofBatch = found;
    }

    void stored(Map<String, Object> row) {
        processed += number(row, "processed");
        counts[0] += number(row, "created");
        counts[1] += number(row, "updated");
        counts[2] += number(row, "unchanged");
        refs.addAll(refsOfBatch);
        problems.addAll(ofBatch);
    }

    /** Halves what could not be stored together. */
    void halve() {
        ArrayNode first = batch.arrayNode();
        ArrayNode second = batch.arrayNode();
        for (int i = 0; i < batch.size(); i++) {
            (i < batch.size() / 2 ? first : second).add(batch.get(i));
        }
        waiting.addFirst(second);
        waiting.addFirst(first);
    }

    void setAside(String ref, String reason) {
        problems.add(new Problem(ref, reason, batch.path(0)));
    }

    private static int number(Map<String, Object> row, String name) {
        return ((Number) Objects.requireNonNull(row.get(name), name)).intValue();
    }
}
