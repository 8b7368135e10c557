package io.atmosfera.integration.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.analysis.Declarations.Found;
import io.atmosfera.integration.database.SqlFile;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Makes the analysis of a repository of what is stored: one walk through its files, that keeps sums and the largest only, beside
 * what the database says of commits, pull requests and branches. Within a transaction, so that files come a few at a time.
 */
@Component("analysisReport")
public class AnalysisReport {

    private static final int FETCH = 2000;

    private final ObjectMapper json;
    private final NamedParameterJdbcTemplate jdbc;
    private final String files = SqlFile.read("github/analysis-files");
    private final String buildFiles = SqlFile.read("github/analysis-build-files");
    private final String imports = SqlFile.read("github/analysis-imports");

    AnalysisReport(ObjectMapper json, DataSource database) {
        this.json = json;
        JdbcTemplate few = new JdbcTemplate(database);
        few.setFetchSize(FETCH);
        this.jdbc = new NamedParameterJdbcTemplate(few);
    }

    /**
     * An analysis as it is stored.
     *
     * @param analysis   the answer, as JSON
     * @param base       what the changes in it are told against, as JSON; null where there is nothing yet
     * @param lastCommit the newest commit that it knows, by its row
     */
    public record Report(String analysis, @Nullable String base, @Nullable Long lastCommit) {}

    /** The analysis by the facts of {@code sql/github/analysis-facts.sql}. */
    public Report report(String facts, AnalysisRun run, long projectId, long repositoryId)
            throws JsonProcessingException {
        ObjectNode known = (ObjectNode) json.readTree(facts);
        Map<String, Object> of = Map.of("projectId", projectId, "repositoryId", repositoryId, "deep", run.isDeep());

        Architecture architecture =
                new Architecture(json, known.path("repository").asText(), buildFiles(of));
        Structure structure = new Structure();
        ObjectNode activity = (ObjectNode) known.path("activity");
        History history = new History(known.path("history"), activity);
        SourceComplexity complexity = new SourceComplexity(
                run.isDeep(), known.path("history").path("files").asBoolean());
        TestEstimate tests = new TestEstimate();
        if (run.isDeep()) {
            jdbc.query(imports, of, (RowCallbackHandler) row -> tests.importedBy(
                    row.getString("path"), RepositoryPaths.family(row.getString("language")), (String[])
                            row.getArray("imports").getArray()));
        }
        jdbc.query(files, of, (RowCallbackHandler) row -> {
            FileRow file = FileRow.of(row);
            structure.add(file);
            boolean isTested = file.isSource() && tests.add(file, architecture.goPackage(file.path()));
            if (file.isSource()) {
                complexity.add(file);
            } else if (file.isTest()) {
                tests.addTest(file);
            }
            Module module = architecture.of(file.path());
            if (module != null && !file.isLeftOut()) {
                module.count(file.kind(), file.size(), isTested);
            }
            if (!file.isLeftOut() && !PathFacts.FIXTURE.equals(file.kind())) {
                architecture.see(file.path());
            }
        });

        ObjectNode answer = json.createObjectNode()
                .put("repository", known.path("repository").asText());
        copy(known, answer, "commitSha", "analyzedAt");
        answer.put("depth", run.getDepth());
        history.put(answer);
        answer.set("languages", byBytes(known.path("languages")));
        ObjectNode shape =
                structure.node(json, architecture, known.path("truncated").asBoolean());
        if (history.hasCommits()) {
            copy(known, shape, "mostChangedFiles", "ownership");
        }
        answer.set("structure", shape);
        ObjectNode analysis = answer.putObject("analysis");
        analysis.set("complexity", complexity.node(json));
        analysis.set("testCoverage", tests.node(json, architecture.modules()));
        analysis.set("architecture", architecture.node());
        withoutNulls(activity);
        history.limit(activity);
        analysis.set("activity", activity);
        ObjectNode branching = (ObjectNode) known.path("branching");
        branching.path("oldest").forEach(AnalysisReport::withoutNulls);
        branching(branching, known.path("repository").asText());
        analysis.set("branching", Branching.node(branching, activity.path("pulls"), history.isRead("branches")));
        JsonNode base = known.path("base");
        if (base.isObject()) {
            answer.set("changes", changes(known, base, tests.percent()));
        }
        return new Report(
                answer.toString(),
                base.isObject() ? base.toString() : null,
                known.hasNonNull("lastCommit") ? known.path("lastCommit").asLong() : null);
    }

    /** Release branches are recognized by their names. */
    private static void branching(ObjectNode facts, String repository) {
        List<String> names = new ArrayList<>();
        facts.path("names").forEach(name -> names.add(name.asText()));
        BranchNames.Releases releases = BranchNames.releases(names, repository);
        facts.put("releases", releases.number());
        if (releases.number() > 0) {
            facts.put("release", releases.newest());
        }
    }

    private List<Found> buildFiles(Map<String, Object> of) {
        return jdbc.query(
                buildFiles,
                of,
                (row, number) ->
                        new Found(row.getString("path"), row.getString("tool"), build(row.getString("build"))));
    }

    private @Nullable BuildFile build(@Nullable String text) {
        try {
            return text == null ? null : json.readValue(text, BuildFile.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A build file was stored that is none", e);
        }
    }

    private static void copy(JsonNode from, ObjectNode to, String... names) {
        for (String name : names) {
            if (from.hasNonNull(name)) {
                to.set(name, from.get(name));
            }
        }
    }

    /** Objects do not say what is not there. */
    private static void withoutNulls(JsonNode node) {
        for (Iterator<JsonNode> fields = node.iterator(); fields.hasNext(); ) {
            JsonNode field = fields.next();
            if (field.isNull()) {
                fields.remove();
            } else if (field.isObject()) {
                withoutNulls(field);
            }
        }
    }

    private ObjectNode byBytes(JsonNode languages) {
        ObjectNode node = json.createObjectNode();
        languages.properties().stream()
                .sorted((one, other) ->
                        Long.compare(other.getValue().asLong(), one.getValue().asLong()))
                .forEach(language -> node.set(language.getKey(), language.getValue()));
        return node;
    }

    private ObjectNode changes(JsonNode known, JsonNode base, double percent) {
        ObjectNode node = json.createObjectNode();
        copy(base, node, "since", "fromSha");
        copy(known.path("delta"), node, "filesAdded", "filesRemoved", "filesModified", "bytesDelta");
        copy(known.path("since"), node, "commits", "pullsMerged", "newAuthors");
        Set<String> before = names(base.path("languages"));
        Set<String> now = names(known.path("languages"));
        put(node.putArray("languagesAdded"), now, before);
        put(node.putArray("languagesRemoved"), before, now);
        double delta = percent - base.path("coverage").asDouble();
        return node.put("coveragePercentDelta", Math.round(10 * delta) / 10.0);
    }

    private static Set<String> names(JsonNode languages) {
        Set<String> names = new TreeSet<>();
        languages.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void put(ArrayNode array, Set<String> of, Set<String> without) {
        of.stream().filter(name -> !without.contains(name)).forEach(array::add);
    }
}
