package io.atmosfera.integration.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns the content of a file into what is kept of it, in one look. */
@Component("blobFigures")
public class BlobFigures {

    private static final Set<String> INDENTED = Set.of("py", "rb", "ex", "hs", "jl", "lua");

    private final ObjectMapper json;
    private final AnalysisProperties properties;

    BlobFigures(ObjectMapper json, AnalysisProperties properties) {
        this.json = json;
        this.properties = properties;
    }

    /**
     * The row of one file, in an array.
     *
     * @param file   the row of {@code sql/github/analysis-blobs-next.sql}: sha, path, kind, language
     * @param answer what GitHub says of the blob
     */
    public ArrayNode rows(Map<String, Object> file, JsonNode answer) {
        ObjectNode row = json.createObjectNode().put("sha", String.valueOf(file.get("sha")));
        String text = text(answer);
        if (text == null) {
            row.put("method", "unreadable");
        } else {
            String path = String.valueOf(file.get("path"));
            String language = (String) file.get("language");
            put(row, language, text);
            row.put("told", ContentMarks.of(language, text));
            String family = RepositoryPaths.family(language);
            if (Paths.name(path).equals(GitAttributes.FILE)) {
                row.set("attributes", json.valueToTree(GitAttributes.read(text)));
            } else if (PathFacts.BUILD.equals(file.get("kind"))) {
                row.set("build", json.valueToTree(BuildFiles.read(path, text)));
            } else if (PathFacts.TEST.equals(file.get("kind"))) {
                List<String> imports = new ArrayList<>(Imports.of(family, text));
                imports.addAll(Imports.ofSamePackage(family, text));
                row.set("imports", json.valueToTree(imports));
            } else if (PathFacts.SOURCE.equals(file.get("kind"))) {
                row.set("names", json.valueToTree(Imports.declared(family, text)));
            }
        }
        return json.createArrayNode().add(row);
    }

    private static void put(ObjectNode row, @Nullable String language, String text) {
        Optional<Complexity> parsed = "Java".equals(language) ? JavaComplexity.of(text) : Optional.empty();
        Complexity complexity = parsed.orElseGet(() -> INDENTED.contains(RepositoryPaths.family(language))
                ? TextComplexity.ofIndentation(text)
                : TextComplexity.ofBrackets(text));
        row.put("method", parsed.isPresent() ? "parsed" : "estimated")
                .put("lines", complexity.lines())
                .put("functions", complexity.functions())
                .put("complexity", complexity.complexity())
                .put("max_complexity", complexity.max())
                .put("nesting", complexity.nesting());
    }

    private @Nullable String text(JsonNode answer) {
        String content = answer.path("content").asText("");
        if (!answer.path("encoding").asText("").equals("base64")
                || content.length() > 2L * properties.largestFile() + 1024) {
            return null;
        }
        try {
            byte[] bytes = Base64.getMimeDecoder().decode(content);
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.indexOf('\0') >= 0 ? null : text;
        } catch (IllegalArgumentException noBase64) {
            return null;
        }
    }

    /** The most bytes of a file that is read. */
    public long getLargest() {
        return properties.largestFile();
    }
}
