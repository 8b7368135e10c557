package io.atmosfera.integration.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What the lists read does not grow with what is stored: of each list in each order, with each filter, the plans of all its
 * statements are looked at. A new list is found by itself; one with a filter that {@link #FILTERS} does not have fails.
 */
class ListPlanTest {

    /** How many rows each table has that grows. */
    private static final int ROWS = 6000;

    /** How many rows a page may look at in a table that grows: those that a filter leaves out, but never all. */
    private static final int LOOKED_AT = ROWS / 3;

    /** Lists of what people make by hand. */
    private static final Set<String> SMALL = Set.of("admin/token-list", "admin/user-list", "project/project-list");

    /** Lists that are one whole, without pages. */
    private static final Set<String> WHOLE =
            Set.of("admin/encryption-key-list", "integration/health-list", "source/project-source-list");

    /** Values of each filter, common and rare ones. */
    private static final Map<String, List<Object>> FILTERS = Map.ofEntries(
            Map.entry("jira/ticket-list:status", List.of("Done", "Backlog", "None")),
            Map.entry("jira/ticket-list:statusCategory", List.of("In Progress", "None")),
            Map.entry("jira/ticket-list:assignee", List.of("User Number 31", "None")),
            Map.entry("jira/ticket-list:labels", List.of("label7", "area17", "None")),
            Map.entry("jira/ticket-list:issueType", List.of("Bug", "None")),
            Map.entry("jira/ticket-list:priority", List.of("High", "None")),
            Map.entry("jira/ticket-list:resolution", List.of("Fixed", "None")),
            Map.entry("jira/ticket-list:parentKey", List.of("GROW-7")),
            Map.entry("jira/ticket-list:component", List.of("Component 5", "None")),
            Map.entry("jira/ticket-list:fixVersion", List.of("1.7", "None")),
            Map.entry("jira/ticket-list:sprint", List.of("Sprint 9", "None")),
            Map.entry("jira/ticket-list:updatedSince", List.of("2015-01-10T00:00:00Z", "2030-01-01T00:00:00Z")),
            Map.entry("jira/ticket-list:syncStatus", List.of("all", "deleted", "failed")),
            Map.entry("jira/ticket-list:search", List.of("4711", "9e1", "paymnt", "none at all")),
            Map.entry("jira/remote-link-list:state", List.of("written", "failed", "removing")),
            Map.entry("github/commit-list:since", List.of("2015-01-10T00:00:00Z", "2030-01-01T00:00:00Z")),
            Map.entry("github/commit-list:author", List.of("writer7@example.com", "None")),
            Map.entry("github/commit-list:path", List.of("src/module7", "src/module7/File7.java", "None")),
            Map.entry("github/pull-list:state", List.of("open", "closed", "merged", "all")),
            Map.entry("github/pull-list:author", List.of("writer7", "None")),
            Map.entry("github/pull-list:label", List.of("label7", "None")),
            Map.entry("github/pull-list:jiraKey", List.of("GROW-7", "NONE-1")),
            Map.entry("github/workflow-run-list:name", List.of("Build 7", "None")),
            Map.entry("github/workflow-run-list:branch", List.of("main", "feature/7", "None")),
            Map.entry("github/workflow-run-list:event", List.of("push", "release")),
            Map.entry("github/workflow-run-list:outcome", List.of("success", "failure", "cancelled")),
            Map.entry("github/deployment-list:environment", List.of("production", "review-7", "None")),
            Map.entry("source/item-list:stream", List.of("issues", "merges", "None")),
            Map.entry("source/item-list:state", List.of("closed", "opened", "None")),
            Map.entry("source/item-list:jiraKey", List.of("GROW-7", "NONE-1")),
            Map.entry("source/item-list:search", List.of("abcd", "4711", "nothing")),
            Map.entry("source/set-aside-list:stream", List.of("issues", "None")),
            Map.entry("sync/log-list:status", List.of("completed", "failed", "running")),
            Map.entry("sync/log-list:syncType", List.of("scheduled", "full", "replay")),
            Map.entry("webhook/event-list:status", List.of("processed", "dead", "ignored", "pending", "processing")),
            Map.entry("webhook/event-list:integrationType", List.of("jira", "github")),
            Map.entry("webhook/event-list:eventType", List.of("jira:issue_updated", "release", "none")),
            Map.entry("webhook/event-list:projectId", List.of(1L, 4711L)),
            Map.entry("admin/audit-log-list:actor", List.of("user7", "none")),
            Map.entry("admin/audit-log-list:action", List.of("config.save", "token.create", "none")),
            Map.entry("admin/audit-log-list:from", List.of("2015-01-10T00:00:00Z", "2030-01-01T00:00:00Z")),
            Map.entry("admin/audit-log-list:to", List.of("2015-01-10T00:00:00Z", "2030-01-01T00:00:00Z")),
            Map.entry("*:repository", List.of("octo-org/repository-7", "none/none")));

    /** What a search makes of itself. */
    private static final Set<String> WAYS_TO_SEARCH = Set.of("hits", "words", "parts", "allWords", "allParts");

    private static final Map<String, String> SOURCES = Map.of(
            "sync/log-list", "jira",
            "source/item-list", "gitlab",
            "source/set-aside-list", "gitlab",
            "jira/comment-list", "7",
            "jira/worklog-list", "7");

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern JSON_KEY = Pattern.compile("\"jiraKey\" : \"([^\"]+)\"");

    private static final List<Plan> PLANS = new ArrayList<>();

    private static JdbcTemplate jdbc;
    private static PagedList lists;
    private static Set<String> growing;

    private record Plan(String sql, JsonNode root) {}

    /** Keeps the plan of each statement that it runs. */
    private static final class ExplainedQueries extends FilteredQueries {

        ExplainedQueries(NamedParameterJdbcTemplate jdbc) {
            super(jdbc, JSON);
        }

        @Override
        List<Map<String, Object>> rows(String sql, SqlParameterSource parameters) {
            if (sql.startsWith("EXPLAIN")) {
                return super.rows(sql, parameters);
            }
            // A few thousand rows are counted fastest one after the other; what matters is that an index could.
            jdbc.execute("SET enable_seqscan = " + (isPage(sql) ? "on" : "off"));
            Object plan = super.rows("EXPLAIN (ANALYZE, TIMING off, FORMAT JSON) " + sql, parameters)
                    .get(0)
                    .values()
                    .iterator()
                    .next();
            try {
                PLANS.add(new Plan(sql, JSON.readTree(plan.toString()).path(0).path("Plan")));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return super.rows(sql, parameters);
        }
    }

    @BeforeAll
    static void fill() throws IOException {
        SingleConnectionDataSource database = new SingleConnectionDataSource(TestDatabase.create(), true);
        jdbc = new JdbcTemplate(database);
        jdbc.execute(Files.readString(Path.of("bench/growth.sql"), StandardCharsets.UTF_8)
                .replace(":rows", String.valueOf(ROWS))
                .replace(":few", String.valueOf(ROWS)));
        jdbc.execute("VACUUM ANALYZE");
        growing = new HashSet<>(jdbc.queryForList(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= ?", String.class, ROWS / 2));
        lists = new PagedList(new ExplainedQueries(new NamedParameterJdbcTemplate(jdbc)), JSON);
    }

    static Set<String> pagedLists() throws IOException {
        Path sql = Path.of("src/main/resources/sql");
        try (Stream<Path> files = Files.walk(sql)) {
            return files.map(file -> sql.relativize(file).toString())
                    .filter(name -> name.endsWith("-list.sql"))
                    .map(name -> name.substring(0, name.length() - ".sql".length()))
                    .filter(name -> !WHOLE.contains(name) && !SMALL.contains(name))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @ParameterizedTest
    @MethodSource("pagedLists")
    void noListReadsOrSortsATableThatGrows(String file) {
        ListDefinition list = ListDefinition.load(file);
        Set<String> filters = list.conditions().stream()
                .map(ListDefinition.Condition::parameter)
                .filter(name -> name != null && !WAYS_TO_SEARCH.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
        if (list.search() != null) {
            filters.add("search");
        }
        List<String> wrong = new ArrayList<>();
        for (String sort : list.sorts().keySet()) {
            for (String order : List.of(sort, "-" + sort)) {
                String next = page(wrong, file, Map.of("sort", order), null);
                page(wrong, file, Map.of("sort", order), next);
                for (String filter : filters) {
                    List<Object> values = FILTERS.getOrDefault(file + ":" + filter, FILTERS.get("*:" + filter));
                    assertThat(values)
                            .as("values for the filter %s of %s", filter, file)
                            .isNotNull();
                    for (Object value : values) {
                        page(wrong, file, Map.of("sort", order, filter, value), null);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void aWordThatEachTicketHasIsLookedForInTheListsOrder() {
        List<String> wrong = new ArrayList<>();
        for (String order : List.of("-updatedDate", "jiraKey", "status")) {
            page(wrong, "jira/ticket-list", Map.of("sort", order, "search", "gateway"), null);
            page(wrong, "jira/ticket-list", Map.of("sort", order, "search", "atewa"), null);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void beyondSomeThousandHitsThePageAndTheNumberOfMatchesSeeWhatWaitsForTheIndex() {
        jdbc.execute("INSERT INTO jira_search_queue SELECT id FROM jira_tickets WHERE jira_id IN (7, 8, 9)");
        jdbc.execute("UPDATE jira_tickets SET summary = '', description = NULL WHERE jira_id IN (7, 8)");
        jdbc.execute("UPDATE jira_tickets SET sync_status = 'deleted' WHERE jira_id > 1000");
        PagedList.Page all = search(Map.of("search", "gateway", "limit", 500));
        PagedList.Page parts = search(Map.of("search", "atewa", "limit", 500));
        PagedList.Page oldest = search(Map.of("search", "gateway", "limit", 9, "sort", "jiraKey"));
        jdbc.execute("DELETE FROM jira_search_queue");
        jdbc.execute("UPDATE jira_tickets SET sync_status = 'synced' WHERE jira_id > 1000 AND jira_id % 50 <> 0");

        // One in fifty of a thousand is deleted, and two have lost the word.
        assertThat(all.total()).isEqualTo(978);
        assertThat(parts.total()).isEqualTo(978);
        assertThat(all.estimated()).isFalse();
        assertThat(JSON_KEY.matcher(oldest.body()).results().map(key -> key.group(1)))
                .containsExactly(
                        "GROW-1", "GROW-2", "GROW-3", "GROW-4", "GROW-5", "GROW-6", "GROW-9", "GROW-10", "GROW-11");
    }

    private static PagedList.Page search(Map<String, Object> query) {
        Map<String, List<Object>> parameters = new LinkedHashMap<>();
        query.forEach((name, value) -> parameters.put(name, List.of(value)));
        return lists.select(
                "jira/ticket-list",
                new RequestValues(parameters),
                Map.of(Exchange.HTTP_PATH, "/", "projectId", 1L),
                null);
    }

    /** Reads a page, notes what its plans do that they should not, and gives the cursor of the next one. */
    private @Nullable String page(List<String> wrong, String file, Map<String, Object> query, @Nullable String cursor) {
        Map<String, List<Object>> parameters = new LinkedHashMap<>();
        query.forEach((name, value) -> parameters.put(name, List.of(value)));
        if (cursor != null) {
            parameters.put("cursor", List.of(cursor));
        }
        PLANS.clear();
        PagedList.Page page = lists.select(
                file,
                new RequestValues(parameters),
                Map.of(Exchange.HTTP_PATH, "/", "projectId", 1L),
                SOURCES.get(file));
        for (Plan plan : PLANS) {
            look(plan.root(), isPage(plan.sql()) ? LOOKED_AT : Integer.MAX_VALUE)
                    .forEach(problem -> wrong.add(file + " " + parameters + ": " + problem));
        }
        return page.link() == null ? null : page.link().replaceAll(".*cursor=([^&>]*)>.*", "$1");
    }

    private static boolean isPage(String sql) {
        return sql.contains(" AS tie FROM (SELECT ");
    }

    private static List<String> look(JsonNode node, int most) {
        List<String> problems = new ArrayList<>();
        String type = node.path("Node Type").asText();
        String table = node.path("Relation Name").asText();
        double rows = node.path("Actual Rows").asDouble();
        double read = (rows
                        + node.path("Rows Removed by Filter").asDouble()
                        + node.path("Rows Removed by Index Recheck").asDouble())
                * node.path("Actual Loops").asDouble();
        if (growing.contains(table) && type.equals("Seq Scan") && read > 0) {
            problems.add("reads all of " + table);
        } else if (growing.contains(table) && read > most) {
            problems.add("reads " + (long) read + " rows of " + table + " by " + type + " "
                    + node.path("Index Name").asText());
        }
        for (JsonNode child : node.path("Plans")) {
            if (type.equals("Sort") && child.path("Actual Rows").asDouble() > most) {
                problems.add("sorts " + child.path("Actual Rows").asText() + " rows");
            }
            problems.addAll(look(child, most));
        }
        return problems;
    }
}
