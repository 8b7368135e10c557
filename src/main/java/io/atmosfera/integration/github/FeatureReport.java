package io.atmosfera.integration.github;

import io.atmosfera.integration.outbound.ConnectionResult.Feature;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which features a token allows: what was found, and what is still to be asked. */
public final class FeatureReport {

    /**
     * A question that only a permission answers.
     *
     * @param feature    as the API names it
     * @param permission as GitHub names it
     * @param without    what is the matter without it, in words that begin a sentence
     * @param url        the address to ask
     */
    public record Question(String feature, String permission, String without, String url) {}

    private final Deque<Question> questions;
    private final List<Feature> found = new ArrayList<>();

    FeatureReport(List<Question> questions) {
        this.questions = new ArrayDeque<>(questions);
    }

    @Nullable
    Question next() {
        return questions.poll();
    }

    void add(Question question, @Nullable String error) {
        found.add(new Feature(question.feature(), question.permission(), error == null, error));
    }

    /** Nothing more is asked; the reason stands at all that is left. */
    void stop(String reason) {
        for (Question left = next(); left != null; left = next()) {
            add(left, reason);
        }
    }

    List<Feature> found() {
        return List.copyOf(found);
    }
}
