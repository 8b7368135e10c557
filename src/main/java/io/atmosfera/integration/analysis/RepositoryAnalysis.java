package io.atmosfera.integration.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.analysis.AnalysisRun.Known;
import io.atmosfera.integration.http.NotFoundException;
import io.atmosfera.integration.http.Problem;
import io.atmosfera.integration.http.ProblemException;
import io.atmosfera.integration.outbound.TransientException;
import io.atmosfera.integration.sync.StreamPage;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** What the routes under routes/github ask while they make an analysis. */
@Component("repositoryAnalysis")
public class RepositoryAnalysis {

    private static final long SOON = 3;

    private final ObjectMapper json;
    private final AnalysisProperties properties;
    private final String usualDepth;

    RepositoryAnalysis(
            ObjectMapper json,
            AnalysisProperties properties,
            @Value("${platform.github.analysis-depth:shallow}") String usualDepth) {
        this.json = json;
        this.properties = properties;
        this.usualDepth = usualDepth;
    }

    /** The rules that classify paths. */
    public int getRules() {
        return RepositoryPaths.RULES;
    }

    /**
     * Begins an analysis within a sync.
     *
     * @param row  of {@code sql/github/analysis-begin.sql}
     * @param config the connection's, as JSON
     * @param type   of the sync; a full one asks as if nothing were known
     */
    public AnalysisRun begin(Map<String, Object> row, String config, String type) throws IOException {
        String depth = json.readTree(config).path("analysisDepth").asText(usualDepth);
        return run(row, depth, type.equals("full"));
    }

    /** Begins an analysis that somebody waits for; whatever is wanted else, it is shallow. */
    public AnalysisRun beginNow(Map<String, Object> row) {
        return run(row, "shallow", false);
    }

    private AnalysisRun run(Map<String, Object> row, String depth, boolean anew) {
        Known known = new Known(
                (String) row.get("head"),
                anew ? null : (String) row.get("languages_etag"),
                (String) row.get("files_sha"),
                (String) row.get("fingerprint"));
        boolean rulesAreNew = anew || !Objects.equals(row.get("rules"), RepositoryPaths.RULES);
        return new AnalysisRun(known, depth, rulesAreNew, properties.filesPerSync());
    }

    /** Takes the newest commit of a list as what is analysed; an empty list is that of an empty repository. */
    public void head(AnalysisRun run, JsonNode commits) {
        run.setHead(commits.path(0).path("sha").asText(null));
    }

    /** Notes that a file was read, or could not be. */
    public void read(AnalysisRun run) {
        run.read();
    }

    /** Whether a fingerprint is another than that of the stored analysis. */
    public boolean moved(AnalysisRun run, String fingerprint) {
        return run.differsFrom(fingerprint);
    }

    /**
     * What storing the files came to.
     *
     * @param stored the row of {@code sql/github/analysis-files-store.sql}; null where entries got lost on the way
     */
    public Map<String, Object> requireStored(@Nullable Map<String, Object> stored) {
        if (stored == null) {
            throw new IllegalStateException("The list of files got lost on the way; the next sync reads it again");
        }
        return stored;
    }

    /**
     * Passes where there is an analysis, or a connection to make it by.
     *
     * @param found the row of {@code sql/github/analysis-get.sql}; null where there is no connection
     * @throws NotFoundException for all else
     */
    public void requireKnown(@Nullable Map<String, Object> found, long projectId, @Nullable String repository) {
        if (found == null) {
            throw new NotFoundException(
                    "Project " + projectId + " has no GitHub connection yet; POST github-config first.");
        }
        if (found.get("item") == null && !Boolean.TRUE.equals(found.get("own"))) {
            throw new NotFoundException(
                    "Project " + projectId + " has no analysis of a repository " + repository + '.');
        }
    }

    /** What a sync takes for the page, where what it stores was in none. */
    public StreamPage noPage() {
        return new TreeWalk(0, "", 1);
    }

    /**
     * Ends a request for an analysis that cannot be made now, for a reason that is known.
     *
     * @throws ProblemException what the failure means to who waits; where it may pass, with the time to wait
     */
    public void refuse(ProblemException failure) {
        Problem problem = failure.problem();
        boolean isSoonOver = failure instanceof TransientException
                || (problem.status() == HttpStatus.SERVICE_UNAVAILABLE.value() && problem.retryAfterSeconds() == null);
        throw isSoonOver ? new ProblemException(problem.retryAfter(SOON)) : failure;
    }

    /**
     * Ends a request for an analysis for which GitHub cannot be reached.
     *
     * @param words what the failure means
     * @throws ProblemException 503, to be asked again soon
     */
    public void unavailable(String words) {
        throw new ProblemException(
                Problem.of(HttpStatus.SERVICE_UNAVAILABLE, words).retryAfter(SOON));
    }

    /**
     * Ends a request for an analysis that somebody else has made at the moment.
     *
     * @param claim what the claim gave; null where somebody else has it
     * @throws ProblemException 503, to be asked again soon
     */
    public void requireClaim(@Nullable Object claim) {
        if (claim == null) {
            throw new ProblemException(Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "The repository is being analysed at the moment. Ask again.")
                    .retryAfter(SOON));
        }
    }
}
