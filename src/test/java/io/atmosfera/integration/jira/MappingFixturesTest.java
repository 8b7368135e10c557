package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.CsvText;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads that real Jiras sent, through the mapping and into the table. */
class MappingFixturesTest extends JiraMappingSupport {

    /** A recorded issue: where it is from, and what it is. */
    private record Recorded(String file, ObjectNode issue) {}

    @Test
    void devlakesRecordedIssuesGiveDevlakesRows() throws IOException {
        Map<String, Map<String, String>> expected = new HashMap<>();
        for (Map<String, String> row : CsvText.rows(fixture("devlake-jira/snapshot_tables/_tool_jira_issues.csv"))) {
            expected.put(row.get("issue_key"), row);
        }
        int compared = 0;
        for (ObjectNode issue : devlake()) {
            JsonNode row = row(issue);
            Map<String, String> wanted = expected.get(row.path("jiraKey").asText());
            if (wanted == null) {
                continue; // recorded for another of DevLake's tables
            }
            compared++;
            assertThat(row.path("jiraId").asText()).isEqualTo(wanted.get("issue_id"));
            assertThat(row.path("issueType").asText()).isEqualTo(wanted.get("type"));
            assertThat(row.path("summary").asText()).isEqualTo(wanted.get("summary"));
            assertThat(row.path("priority").asText()).isEqualTo(wanted.get("priority_name"));
            assertThat(row.path("status").asText()).isEqualTo(wanted.get("status_name"));
            assertThat(row.path("assignee").asText("")).isEqualTo(wanted.get("assignee_display_name"));
            assertThat(row.path("assigneeId").asText("")).isEqualTo(wanted.get("assignee_account_id"));
            // DevLake keeps the creator; in these records it is the reporter, too.
            assertThat(row.path("reporter").asText("")).isEqualTo(wanted.get("creator_display_name"));
            assertThat(row.path("reporterId").asText("")).isEqualTo(wanted.get("creator_account_id"));
            assertThat(created(issue)).isEqualTo(millis(wanted.getOrDefault("created", "")));
            assertThat(updated(issue)).isEqualTo(millis(wanted.getOrDefault("updated", "")));
        }
        assertThat(compared).isEqualTo(expected.size());
    }

    @Test
    void everyRecordedIssueThatJiraWouldSendIsMappedFieldByField() throws IOException {
        List<Recorded> all = new ArrayList<>(rest());
        all.addAll(webhooks());
        assertThat(all).hasSizeGreaterThan(40);
        for (Recorded recorded : all) {
            JsonNode row = row(recorded.issue());
            JsonNode fields = recorded.issue().path("fields");
            assertThat(row.has("error")).as("%s: %s", recorded.file(), row).isFalse();
            if (recorded.issue().has("id")) { // jira-cli's were cut down
                assertThat(row.path("jiraId").asText())
                        .as(recorded.file())
                        .isEqualTo(recorded.issue().path("id").asText());
            }
            assertThat(row.path("jiraKey").asText())
                    .as(recorded.file())
                    .isEqualTo(recorded.issue().path("key").asText());
            assertThat(textOrNull(row.path("summary")))
                    .as(recorded.file())
                    .isEqualTo(textOrNull(fields.path("summary")));
            for (String named : new String[] {"status", "priority"}) {
                assertThat(textOrNull(row.path(named)))
                        .as("%s: %s", recorded.file(), named)
                        .isEqualTo(textOrNull(fields.path(named).path("name")));
            }
            assertThat(textOrNull(row.path("issueType")))
                    .as(recorded.file())
                    .isEqualTo(textOrNull(fields.path("issuetype").path("name")));
            for (String user : new String[] {"assignee", "reporter"}) {
                JsonNode person = fields.path(user);
                assertThat(textOrNull(row.path(user)))
                        .as("%s: %s", recorded.file(), user)
                        .isEqualTo(textOrNull(person.path("displayName")));
                String id = textOrNull(person.path("accountId"));
                assertThat(textOrNull(row.path(user + "Id")))
                        .as("%s: %sId", recorded.file(), user)
                        .isEqualTo(id == null ? textOrNull(person.path("name")) : id);
            }
            assertThat(texts(row.path("labels")))
                    .as(recorded.file())
                    .containsExactlyInAnyOrderElementsOf(texts(fields.path("labels")));
            assertThat(texts(row.path("components")))
                    .as(recorded.file())
                    .containsExactlyInAnyOrderElementsOf(texts(fields.path("components"), "name"));
        }
    }

    @Test
    void everyRecordedIssueWithSummaryAndStatusCanBeStored() throws IOException {
        List<Recorded> all = new ArrayList<>(rest());
        all.addAll(webhooks());
        for (Recorded recorded : all) {
            JsonNode fields = recorded.issue().path("fields");
            boolean whole = recorded.issue().path("id").asText().matches("\\d+")
                    && fields.hasNonNull("summary")
                    && fields.path("status").hasNonNull("name");
            assertThat(setAside(recorded.issue())).as(recorded.file()).hasSize(whole ? 0 : 1);
            if (whole && fields.hasNonNull("updated")) {
                assertThat(updated(recorded.issue())).as(recorded.file()).isNotNull();
                assertThat(created(recorded.issue())).as(recorded.file()).isNotNull();
            }
        }
    }

    @Test
    void theOldestDialectIsSetAsideWithItsPayloadNotGuessedAt() {
        for (String file : new String[] {"valid-with-labels.json", "valid-without-labels.json"}) {
            List<String> payloads = setAside(read(fixture("jira-rest/jrjc/issue/" + file)));
            assertThat(payloads).hasSize(1);
            assertThat(payloads.get(0)).contains("java.lang.String");
        }
    }

    @Test
    void recordedIssuesAreStoredBySyncAsTheyAreMapped() throws IOException {
        SimulatedJira jira = cloud();
        Map<String, ObjectNode> sample = new HashMap<>();
        List<ObjectNode> issues = new ArrayList<>(devlake());
        issues.addAll(webhooks().stream().map(Recorded::issue).toList());
        for (ObjectNode issue : issues) {
            if (issue.path("key").asText().matches("(EE|TES|PRJA|PRJX|KT)-\\d+")) {
                sample.put(issue.path("id").asText(), issue);
            }
        }
        sample.values().forEach(jira::putRawIssue);
        long project = project();
        ObjectNode config = config(jira);
        config.put("jql", "created > \"2000-01-01\"");
        configure(project, config);

        JsonNode log = sync(project);

        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        assertThat(log.path("ticketsInvalid").asInt()).isZero();
        assertThat(log.path("ticketsCreated").asInt()).isEqualTo(sample.size());
        for (JsonNode stored : tickets(project, "limit=500").json()) {
            ObjectNode issue =
                    Objects.requireNonNull(sample.get(stored.path("jiraId").asText()), stored.toString());
            JsonNode row = row(issue);
            for (String column : new String[] {
                "jiraKey",
                "issueType",
                "summary",
                "description",
                "priority",
                "status",
                "assignee",
                "assigneeId",
                "reporter",
                "reporterId",
                "labels",
                "components"
            }) {
                assertThat(stored.path(column)).as("%s of %s", column, row).isEqualTo(row.path(column));
            }
            assertThat(millis(stored.path("updatedDate").asText())).isEqualTo(updated(issue));
            assertThat(stored.path("contentHash").asText()).isEqualTo(hash(issue));
        }
    }

    @Test
    void aLargeDocumentBecomesReadableText() {
        String text = AdfText.of(read(fixture("jira-adf/jira-cli-md.json")));

        assertThat(text).isNotBlank().doesNotContain("\"type\"").doesNotContain("{\"");
        assertThat(text.lines().count()).isGreaterThan(10);
    }

    @Test
    void theTextOfEveryRecordedDocumentIsInItsTicket() throws IOException {
        JsonNode issue = read(fixture("jira-rest/jira-cli/issue.json"));
        assertThat(row(issue).path("description").asText()).isEqualTo("Test description");

        for (Recorded recorded : rest()) {
            JsonNode description = recorded.issue().path("fields").path("description");
            String mapped = row(recorded.issue()).path("description").asText();
            for (JsonNode text : description.findValues("text")) {
                assertThat(mapped).as(recorded.file()).contains(text.asText());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cloud", "data-center"})
    void ourGoldenIssuesGiveTheirRows(String name) {
        Path folder = Path.of("src", "test", "resources", "jira");
        JsonNode issue = read(folder.resolve("issue-" + name + ".json"));
        assertThat(row(issue)).isEqualTo(read(folder.resolve("issue-" + name + ".row.json")));
    }

    // The recorded payloads

    private static List<ObjectNode> devlake() throws IOException {
        try (Stream<String> lines = Files.lines(fixture("devlake-jira/records/_raw_jira_api_issues.jsonl"))) {
            return lines.map(line -> (ObjectNode) tree(line).path("data")).toList();
        }
    }

    /** The issues in the answers of REST APIs; the two of Jira 4.4 have another shape and a test of their own. */
    private static List<Recorded> rest() throws IOException {
        List<Recorded> issues = new ArrayList<>();
        for (String folder : new String[] {
            "jira-rest/jira-cli",
            "jira-rest/jrjc/issue",
            "jira-rest/jrjc/search",
            "jira-rest/openapi-examples",
            "jira-rest/mattermost"
        }) {
            try (Stream<Path> files = Files.list(fixture(folder))) {
                for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                        .sorted()
                        .toList()) {
                    JsonNode body = read(file);
                    if (isIssue(body)) {
                        issues.add(new Recorded(file.toString(), (ObjectNode) body));
                    }
                    for (JsonNode issue : body.path("issues")) {
                        if (isIssue(issue)) {
                            issues.add(new Recorded(file.toString(), (ObjectNode) issue));
                        }
                    }
                }
            }
        }
        return issues;
    }

    private static boolean isIssue(JsonNode body) {
        return body.hasNonNull("key")
                && body.path("fields").isObject()
                && body.path("fields").path("summary").isValueNode();
    }

    private static List<Recorded> webhooks() throws IOException {
        try (Stream<Path> files = Files.list(fixture("jira-webhooks"))) {
            return files.sorted()
                    .map(file -> Map.entry(file.toString(), read(file).path("issue")))
                    .filter(entry -> entry.getValue().isObject())
                    .map(entry -> new Recorded(entry.getKey(), (ObjectNode) entry.getValue()))
                    .toList();
        }
    }

    private static long millis(String text) {
        return OffsetDateTime.parse(text).toInstant().toEpochMilli();
    }
}
