package io.atmosfera.integration.github;

import io.atmosfera.integration.http.InvalidFieldException;
import io.atmosfera.integration.http.ProblemException;
import io.atmosfera.integration.http.QueryParameters;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads of what it is asked why it is linked or not. */
@Component("linkQuestions")
public class LinkQuestions {

    /**
     * What is asked about.
     *
     * @param kind       pull, commit, branch or issue
     * @param ref        its number, SHA (or the beginning of it) or name
     * @param repository the owner/name that it is to be in, where that was said
     * @param subject    the same in words
     * @param ambiguous  the complaint where there are several
     */
    public record Question(String kind, String ref, @Nullable String repository, String subject, String ambiguous) {}

    /**
     * The question of a request.
     *
     * @throws ProblemException 400, unless exactly one of pull, commit, branch and issue is asked about
     */
    public Question ask(@Headers Map<String, Object> headers) {
        QueryParameters request = QueryParameters.parse((String) headers.get(Exchange.HTTP_QUERY));
        String repository = repository(headers);
        Question question = null;
        for (String kind : Stream.of("pull", "commit", "branch", "issue")
                .filter(request.all()::containsKey)
                .toList()) {
            if (question != null) {
                throw new InvalidFieldException(
                        kind + ": only one of pull, commit, branch and issue can be asked about");
            }
            String ref = String.valueOf(request.first(kind));
            if (ref.isBlank()) {
                throw new InvalidFieldException(kind + ": must not be empty");
            }
            question = question(kind, ref, repository);
        }
        if (question == null) {
            throw new InvalidFieldException("pull: one of pull, commit, branch and issue is required");
        }
        return question;
    }

    /** The owner/name that a request names; null where it names none. */
    public @Nullable String repository(@Headers Map<String, Object> headers) {
        return QueryParameters.parse((String) headers.get(Exchange.HTTP_QUERY)).first("repository");
    }

    private static Question question(String kind, String ref, @Nullable String repository) {
        String several = "is in several repositories of this project; say which by repository=owner/name";
        return switch (kind) {
            case "pull" ->
                new Question(
                        kind,
                        ref,
                        repository,
                        "Pull request " + ref,
                        "repository: pull request " + ref + ' ' + several);
            case "issue" ->
                new Question(kind, ref, repository, "Issue " + ref, "repository: issue " + ref + ' ' + several);
            case "commit" -> {
                String sha = ref.toLowerCase(Locale.ROOT);
                yield new Question(
                        kind,
                        sha,
                        repository,
                        "Commit " + sha,
                        "commit: several commits begin with " + sha
                                + "; give more of the SHA, or repository=owner/name");
            }
            default ->
                new Question(kind, ref, repository, "Branch " + ref, "repository: branch " + ref + ' ' + several);
        };
    }
}
