package io.atmosfera.integration.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.analysis.GitAttributes.Rule;
import io.atmosfera.integration.database.SqlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Notes of each file what its content and the repository's {@code .gitattributes} tell beyond its path: the attributes win, since
 * people have written them. Within a transaction, so that files come a few at a time.
 */
@Component("fileKinds")
public class FileKinds {

    private static final int FETCH = 2000;
    private static final TypeReference<List<Rule>> RULES = new TypeReference<>() {};

    private final ObjectMapper json;
    private final NamedParameterJdbcTemplate jdbc;
    private final String attributes = SqlFile.read("github/analysis-attributes");
    private final String files = SqlFile.read("github/analysis-kinds");
    private final String store = SqlFile.read("github/analysis-kinds-store");

    FileKinds(ObjectMapper json, DataSource database) {
        this.json = json;
        JdbcTemplate few = new JdbcTemplate(database);
        few.setFetchSize(FETCH);
        this.jdbc = new NamedParameterJdbcTemplate(few);
    }

    /** A file whose kind is another than the stored one. */
    private record Told(String path, @Nullable String told, @Nullable String subject, @Nullable String tool) {}

    /** Looks at all files of a repository, and stores which of them are another kind of file than before. */
    public void tell(AnalysisRun run, long projectId, long repositoryId) {
        Map<String, Object> of = Map.of("projectId", projectId, "repositoryId", repositoryId, "deep", run.isDeep());
        GitAttributes rules = attributes(of);
        List<Told> changed = new ArrayList<>();
        jdbc.query(files, of, (RowCallbackHandler) row -> {
            String path = row.getString("path");
            PathFacts byPath = new PathFacts(
                    row.getString("kind"), row.getString("language"), row.getString("subject"), row.getString("tool"));
            Told told = told(path, byPath, row.getString("content"), rules);
            if (!Objects.equals(told.told(), row.getString("told"))
                    || !Objects.equals(told.subject(), byPath.subject())
                    || !Objects.equals(told.tool(), byPath.tool())) {
                changed.add(told);
            }
        });
        for (int from = 0; from < changed.size(); from += FETCH) {
            store(changed.subList(from, Math.min(changed.size(), from + FETCH)), projectId, repositoryId);
        }
    }

    private static Told told(String path, PathFacts byPath, @Nullable String content, GitAttributes rules) {
        boolean isPlain = !PathFacts.LEFT_OUT.contains(byPath.kind());
        String byContent = isPlain ? content : null;
        String said = rules.isEmpty() ? null : rules.kind(path, byContent == null ? byPath.kind() : byContent);
        if (said == null) {
            return new Told(path, byContent, byPath.subject(), byPath.tool());
        }
        if (said.isEmpty()) {
            PathFacts unmarked = RepositoryPaths.unmarked(path);
            return isPlain
                    ? new Told(path, null, byPath.subject(), byPath.tool())
                    : new Told(path, unmarked.kind(), unmarked.subject(), unmarked.tool());
        }
        return new Told(path, said.equals(byPath.kind()) ? null : said, byPath.subject(), byPath.tool());
    }

    private GitAttributes attributes(Map<String, Object> of) {
        Map<String, List<Rule>> byPath = new HashMap<>();
        jdbc.query(attributes, of, (RowCallbackHandler)
                row -> byPath.put(row.getString("path"), rules(row.getString("attributes"))));
        return new GitAttributes(byPath);
    }

    private List<Rule> rules(String text) {
        try {
            return json.readValue(text, RULES);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Attributes were stored that are none", e);
        }
    }

    private void store(List<Told> changed, long projectId, long repositoryId) {
        jdbc.getJdbcTemplate()
                .update(
                        store,
                        changed.stream().map(Told::path).toArray(String[]::new),
                        changed.stream().map(Told::told).toArray(String[]::new),
                        changed.stream().map(Told::subject).toArray(String[]::new),
                        changed.stream().map(Told::tool).toArray(String[]::new),
                        projectId,
                        repositoryId);
    }
}
