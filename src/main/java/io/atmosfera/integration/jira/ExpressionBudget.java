package io.atmosfera.integration.jira;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the expressions of a project may use up for one issue. An expression that goes beyond fails for that issue; it
 * cannot catch it itself, for it is no {@code JsonQueryException}.
 */
final class ExpressionBudget {

    /** A text of this length is more than any field of Jira's holds. */
    static final int MOST_TEXT = 250_000;

    private static final int MOST_STEPS = 1_000_000;
    private static final int MOST_MEMBERS = 10_000;
    private static final int MOST_CONTENT = 1_000_000;
    private static final int DEEPEST = 100;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int STEPS_BETWEEN_LOOKS = 256;

    private static final ThreadLocal<ExpressionBudget> CURRENT = ThreadLocal.withInitial(ExpressionBudget::new);

    private final Map<JsonNode, Integer> contents = new IdentityHashMap<>();
    private int steps;
    private long deadline;

    private ExpressionBudget() {}

    /** An expression used up what it may. */
    static final class ExceededException extends RuntimeException {

        ExceededException(String message) {
            super(message);
        }
    }

    /** The budget of the evaluation on this thread. */
    static ExpressionBudget current() {
        return CURRENT.get();
    }

    /** Begins an evaluation: all is there again. */
    void renew() {
        steps = 0;
        deadline = System.nanoTime() + MOST_NANOS;
        contents.clear();
    }

    /** Forgets the values of the last evaluation. */
    void release() {
        contents.clear();
    }

    void step() {
        if (++steps > MOST_STEPS) {
            throw new ExceededException("takes more than " + MOST_STEPS + " steps");
        }
        if (steps % STEPS_BETWEEN_LOOKS == 0) {
            remainingNanos();
        }
    }

    long remainingNanos() {
        long remaining = deadline - System.nanoTime();
        if (remaining <= 0) {
            throw new ExceededException("takes longer than " + TimeUnit.NANOSECONDS.toSeconds(MOST_NANOS) + " s");
        }
        return remaining;
    }

    /** Whether a value that was made is one that may be. */
    void check(JsonNode made) {
        if (made.isTextual()) {
            checkLength(made.textValue().length());
        } else if (made.isContainerNode() && !made.isEmpty()) {
            content(made, 0);
        }
    }

    void checkLength(long length) {
        if (length > MOST_TEXT) {
            throw new ExceededException("makes a text of more than " + MOST_TEXT + " characters");
        }
    }

    void checkMembers(long members) {
        if (members > MOST_MEMBERS) {
            throw new ExceededException("makes a list of more than " + MOST_MEMBERS + " members");
        }
    }

    /** How much there is in a value, what it holds several times counted as often. */
    private int content(JsonNode node, int depth) {
        if (node.isTextual()) {
            return 1 + node.textValue().length();
        }
        if (!node.isContainerNode()) {
            return 1;
        }
        Integer known = contents.get(node);
        if (known != null) {
            return known;
        }
        if (depth > DEEPEST) {
            throw new ExceededException("makes a value nested deeper than " + DEEPEST + " levels");
        }
        checkMembers(node.size());
        int content = 1;
        for (JsonNode member : node) {
            content += content(member, depth + 1);
            if (content > MOST_CONTENT) {
                throw new ExceededException("makes a value that is too large");
            }
        }
        contents.put(node, content);
        return content;
    }
}
