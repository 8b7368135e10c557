package io.atmosfera.integration.analysis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.analysis.TreeWalk.Folder;
import io.atmosfera.integration.database.SqlFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads GitHub's trees token by token and keeps their entries as they come, so that a tree of any size takes the memory of a
 * few thousand entries.
 */
@Component("repositoryTrees")
public class RepositoryTrees {

    private static final int BATCH = 4000;
    private static final String LINK = "120000";

    /** Bytes; PostgreSQL's index takes little more. */
    private static final int LONGEST_PATH = 2400;

    private final JsonFactory json;
    private final JdbcClient jdbc;
    private final AnalysisProperties properties;
    private final String add = SqlFile.read("github/analysis-tree-add");
    private final String begin = SqlFile.read("github/analysis-tree-begin");

    RepositoryTrees(ObjectMapper json, JdbcClient jdbc, AnalysisProperties properties) {
        this.json = json.getFactory();
        this.jdbc = jdbc;
        this.properties = properties;
    }

    private static final class Entry {
        private String path = "";
        private String type = "";
        private String mode = "";
        private String sha = "";
        private long size;
    }

    /** The entries that wait to be stored together, as the columns that a statement takes. */
    private final class Batch {
        private final TreeWalk walk;
        private final List<@Nullable String[]> rows = new ArrayList<>();
        private final List<Long> sizes = new ArrayList<>();

        Batch(TreeWalk walk) {
            this.walk = walk;
        }

        void add(Entry entry, String path) {
            PathFacts facts = RepositoryPaths.facts(path, entry.mode.equals(LINK));
            rows.add(new @Nullable String[] {
                path, entry.sha, facts.kind(), facts.language(), facts.subject(), facts.tool()
            });
            sizes.add(entry.size);
            if (rows.size() == BATCH) {
                store();
            }
        }

        void store() {
            if (rows.isEmpty()) {
                return;
            }
            int stored = jdbc.sql(add)
                    .params(
                            walk.getRun(),
                            column(0),
                            column(1),
                            sizes.toArray(Long[]::new),
                            column(2),
                            column(3),
                            column(4),
                            column(5))
                    .update();
            walk.stored(stored);
            rows.clear();
            sizes.clear();
        }

        private @Nullable String[] column(int number) {
            return rows.stream().map(row -> row[number]).toArray(String[]::new);
        }
    }

    /** Begins to read the tree of a commit; entries that an earlier walk has left go. */
    public TreeWalk begin(String commit) {
        return new TreeWalk(jdbc.sql(begin).query(Long.class).single(), commit, properties.treeRequests());
    }

    /** Notes that there is no such tree: the repository is empty. */
    public TreeWalk nothing(@Variable("treeWalk") TreeWalk walk) {
        walk.done();
        return walk;
    }

    /**
     * Reads an answer of GitHub's.
     *
     * @throws UnreadableAnswerException if it is no tree
     * @throws IOException if the connection breaks in the middle of it; the same may be asked again
     */
    public TreeWalk read(@Body InputStream body, @Variable("treeWalk") TreeWalk walk) throws IOException {
        Folder folder = walk.folder();
        Batch batch = new Batch(walk);
        List<Folder> below = new ArrayList<>();
        boolean truncated = false;
        try (body;
                JsonParser parser = json.createParser(body)) {
            expect(parser.nextToken(), JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                JsonToken value = parser.nextToken();
                if (field.equals("tree")) {
                    expect(value, JsonToken.START_ARRAY);
                    entries(parser, folder, batch, below);
                } else if (field.equals("truncated")) {
                    truncated = value == JsonToken.VALUE_TRUE;
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JsonEOFException cut) {
            throw new IOException("The answer was cut off", cut);
        } catch (JsonParseException malformed) {
            throw new UnreadableAnswerException();
        }
        batch.store();
        if (truncated) {
            walk.cutOff(below);
        } else {
            walk.done();
            walk.add(below);
        }
        return walk;
    }

    private static void entries(JsonParser parser, Folder folder, Batch batch, List<Folder> below) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            Entry entry = entry(parser);
            String path = folder.prefix() + entry.path;
            if (entry.type.equals("blob") && isStorable(path)) {
                batch.add(entry, path);
            } else if (entry.type.equals("tree") && !folder.recursive()) {
                below.add(new Folder(path + '/', entry.sha, true));
            }
        }
    }

    private static boolean isStorable(String path) {
        return path.indexOf('\0') < 0
                && (path.length() < LONGEST_PATH / 4 || path.getBytes(StandardCharsets.UTF_8).length <= LONGEST_PATH);
    }

    private static Entry entry(JsonParser parser) throws IOException {
        Entry entry = new Entry();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "path" -> entry.path = parser.getValueAsString("");
                case "type" -> entry.type = parser.getValueAsString("");
                case "mode" -> entry.mode = parser.getValueAsString("");
                case "sha" -> entry.sha = parser.getValueAsString("");
                case "size" -> entry.size = Math.max(0, parser.getValueAsLong());
                default -> parser.skipChildren();
            }
        }
        return entry;
    }

    private static void expect(@Nullable JsonToken token, JsonToken expected) {
        if (token != expected) {
            throw new UnreadableAnswerException();
        }
    }
}
