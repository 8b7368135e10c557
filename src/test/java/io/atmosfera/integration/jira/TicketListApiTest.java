package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists of tickets and of syncs, as clients filter, search, sort and page them. */
class TicketListApiTest extends JiraMappingSupport {

    private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

    private static final String[] STATUSES = {"To Do", "In Progress", "Done"};

    /** Twelve tickets with ties and gaps in every field. */
    private long twelve() {
        SimulatedJira jira = cloud();
        for (int i = 1; i <= 12; i++) {
            ObjectNode issue = issue(i, "DEMO-" + i, "Ticket " + (i % 4) + (i % 2 == 0 ? " Äpfel" : " apples"));
            ObjectNode fields = fields(issue);
            fields.putObject("status").put("name", STATUSES[i % 3]);
            fields.putObject("issuetype").put("name", i % 2 == 0 ? "Bug" : "Task");
            if (i % 3 != 0) {
                fields.putObject("priority").put("name", i % 3 == 1 ? "High" : "Low");
            }
            if (i % 4 != 0) {
                fields.putObject("assignee")
                        .put("displayName", "Person " + i % 4)
                        .put("accountId", "acc-" + i % 4);
            }
            fields.putArray("labels")
                    .add("all")
                    .add(i % 2 == 0 ? "even" : "odd")
                    .add("comma,inside");
            fields.put("description", i == 5 ? null : "Description of number " + i);
            fields.put("updated", i % 5 == 0 ? null : "2026-01-0" + (1 + i % 3) + "T00:00:00.000+0000");
            fields.put("created", i % 6 == 0 ? null : "2026-01-01T00:00:0" + i % 4 + ".000+0000");
            jira.putRawIssue(issue);
        }
        long project = project();
        // Raw issues without a date are found by their project only.
        configure(project, config(jira));
        JsonNode log = sync(project);
        assertThat(log.path("ticketsCreated").asInt()).as(log.toString()).isEqualTo(12);
        return project;
    }

    // Filters

    @Test
    void everyFilterNarrowsTheListAndTheCount() {
        long project = twelve();
        assertThat(keys(project, "status=Done&sort=jiraKey")).containsExactly("DEMO-2", "DEMO-5", "DEMO-8", "DEMO-11");
        assertThat(keys(project, "status=" + encode("In Progress"))).hasSize(4);
        assertThat(keys(project, "assignee=" + encode("Person 1"))).hasSize(3);
        assertThat(keys(project, "assignee=acc-1")).hasSize(3);
        assertThat(keys(project, "issueType=Bug")).hasSize(6);
        assertThat(keys(project, "priority=High")).hasSize(4);
        assertThat(keys(project, "updatedSince=2026-01-03T00:00:00Z"))
                .containsExactlyInAnyOrder("DEMO-2", "DEMO-8", "DEMO-11");
        assertThat(keys(project, "updatedSince=" + encode("2026-01-03T01:00:00+01:00")))
                .hasSize(3);
        assertThat(keys(project, "updatedSince=2026-01-03T00:00:00.001Z")).isEmpty();
        assertThat(keys(project, "syncStatus=synced")).hasSize(12);
        assertThat(keys(project, "syncStatus=all")).hasSize(12);
        for (String none : new String[] {"pending", "conflict", "deleted", "failed"}) {
            assertThat(keys(project, "syncStatus=" + none)).isEmpty();
        }
        assertThat(keys(project, "status=Done&issueType=Bug&priority=Low&labels=even&assignee=acc-2"))
                .containsExactly("DEMO-2");
        assertThat(tickets(project, "status=Done&limit=1").header("X-Total-Count"))
                .isEqualTo("4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"status=Nope", "assignee=nobody", "labels=Nope", "issueType=x", "priority=%27", "search=qqqqqqq"
            })
    void anUnknownFreeTextGivesAnEmptyList(String query) {
        Answer answer = tickets(twelve(), query);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("[]");
        assertThat(answer.header("X-Total-Count")).isEqualTo("0");
        assertThat(answer.header("Link")).isEmpty();
    }

    @Test
    void labelsAreACommaListOrRepeatedAndAllMustMatch() {
        long project = twelve();
        assertThat(keys(project, "labels=even")).hasSize(6);
        assertThat(keys(project, "labels=all,even")).hasSize(6);
        assertThat(keys(project, "labels=all&labels=even")).hasSize(6);
        assertThat(keys(project, "labels=odd,even")).isEmpty();
        assertThat(keys(project, "labels=" + encode("comma,inside"))).isEmpty();
        assertThat(keys(project, "labels=" + encode("comma,inside") + "&labels=odd"))
                .hasSize(6);
        assertThat(keys(project, "labels=" + encode("comma,inside") + "&labels=" + encode("comma,inside")))
                .hasSize(12);
        assertThat(keys(project, "labels=%22")).isEmpty();
        assertThat(keys(project, "labels=EVEN")).isEmpty();
    }

    @Test
    void aRepeatedParameterOfOneValueIsNoServerError() {
        long project = twelve();
        for (String query : new String[] {
            "status=Done&status=Open",
            "limit=1&limit=2",
            "sort=jiraKey&sort=status",
            "search=a&search=b",
            "cursor=x&cursor=y",
            "updatedSince=2026-01-03T00:00:00Z&updatedSince=2026-01-03T00:00:00Z",
            "projectId=5",
            "afterTie=5&labelsJson=x"
        }) {
            assertThat(tickets(project, query).status()).as(query).isLessThan(500);
        }
    }

    @Test
    void aParameterCannotReachIntoAnotherProject() {
        long mine = twelve();
        long other = project();
        assertThat(tickets(other, "projectId=" + mine).status()).isEqualTo(400);
        assertThat(tickets(other, "projectIdJson=1&syncStatus=all").status()).isEqualTo(400);
    }

    // Search

    @Test
    void aSearchFindsWordsBeginningsKeysAndPartsBeforeAndAfterIndexing() {
        SimulatedJira jira = cloud();
        jira.putRawIssue(described(1, "Payment fails on checkout", "The gateway answers 500 foo & bar | (baz)"));
        jira.putRawIssue(described(2, "Login page is slow", "Users wait for paying customers"));
        jira.putRawIssue(described(3, "Überweisung schlägt fehl", "C:\\temp\\new 100% it's \"quoted\" snake_case x:*"));
        jira.putRawIssue(described(4, "Nothing in common", null));
        long project = project(jira);
        jdbc.sql("SELECT 1").query(Integer.class).single();
        sync(project);

        // Right after the sync the queue may still hold them; the second round is after indexing.
        for (int round = 0; round < 2; round++) {
            assertThat(search(project, "payment")).containsExactly("DEMO-1");
            assertThat(search(project, "PAYMENT")).containsExactly("DEMO-1");
            assertThat(search(project, "checkout payment")).containsExactly("DEMO-1");
            assertThat(search(project, "pay")).containsExactlyInAnyOrder("DEMO-1", "DEMO-2");
            assertThat(search(project, "gateway answ")).containsExactly("DEMO-1");
            assertThat(search(project, "payment login")).isEmpty();
            assertThat(search(project, "DEMO-2")).contains("DEMO-2");
            assertThat(search(project, "demo-2")).contains("DEMO-2");
            assertThat(search(project, "überweisung")).containsExactly("DEMO-3");
            assertThat(search(project, "heckou")).containsExactly("DEMO-1");
            assertThat(search(project, "snake_case")).containsExactly("DEMO-3");
            assertThat(search(project, "100%")).contains("DEMO-3");
            assertThat(search(project, "it's")).contains("DEMO-3");
            assertThat(search(project, "foo & bar | (")).contains("DEMO-1");
            assertThat(search(project, "\"quoted\"")).contains("DEMO-3");
            assertThat(search(project, "C:\\temp")).contains("DEMO-3");
            assertThat(search(project, "qqqqqqqq")).isEmpty();
            for (String odd : new String[] {
                "\\",
                "'",
                "%",
                "_",
                ":*",
                "!",
                "&",
                "|",
                "(",
                ")",
                "<->",
                "!!a",
                "a:*b",
                "\"",
                "''",
                "\\'",
                "%%",
                "\\\\%",
                "a\\",
                ":",
                "*",
                "-",
                "--",
                ";",
                "$1",
                "?",
                "{}",
                "\uD83D\uDE00",
                "ა",
                "a b c d e f g",
                " ",
                "\t",
                "/*item*/",
                "/*keys*/"
            }) {
                Answer answer = tickets(project, "search=" + encode(odd));
                assertThat(answer.status()).as("%s: %s", odd, answer.text()).isEqualTo(200);
            }
            indexed();
        }
        assertThat(search(project, "paymnt")).as("a near miss").contains("DEMO-1");
    }

    @Test
    void partsAreLiteralNotPatterns() {
        SimulatedJira jira = cloud();
        jira.putRawIssue(described(1, "alpha", "snakeXcase hundred"));
        jira.putRawIssue(described(2, "beta", "xxsnake_casexx 5%zz"));
        long project = project(jira);
        sync(project);
        for (int round = 0; round < 2; round++) {
            assertThat(search(project, "ake_ca")).containsExactly("DEMO-2");
            assertThat(search(project, "5%z")).containsExactly("DEMO-2");
            assertThat(search(project, "d%d")).isEmpty();
            indexed();
        }
    }

    @Test
    void aSearchSeesWhatChangedAndForgetsWhatWas() {
        SimulatedJira jira = cloud();
        jira.putRawIssue(described(1, "first wording", null));
        long project = project(jira);
        sync(project);
        indexed();
        jira.editIssue("DEMO-1", fields -> fields.put("summary", "second wording"));
        sync(project);

        for (int round = 0; round < 2; round++) {
            assertThat(search(project, "second")).containsExactly("DEMO-1");
            assertThat(search(project, "first")).isEmpty();
            indexed();
        }
    }

    @Test
    void aSearchGoesTogetherWithFiltersSortAndPages() {
        long project = twelve();
        indexed();
        assertThat(keys(project, "search=apples&status=Done&sort=jiraKey")).containsExactly("DEMO-5", "DEMO-11");
        List<String> walked = walk("/api/projects/" + project + "/jira-tickets?search=ticket&sort=-jiraKey&limit=5");
        assertThat(walked).hasSize(12).doesNotHaveDuplicates();
        assertThat(tickets(project, "search=ticket&limit=5").header("X-Total-Count"))
                .isEqualTo("12");
    }

    @Test
    void aLongSearchIsRefusedAndAHugeTextIsFound() {
        SimulatedJira jira = cloud();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            text.append("wort").append(i).append(' ');
        }
        jira.putRawIssue(described(1, "large", text.toString()));
        jira.putRawIssue(described(2, "one word", "x".repeat(40_000)));
        long project = project(jira);
        sync(project);
        indexed();

        assertThat(search(project, "wort17")).containsExactly("DEMO-1");
        assertThat(tickets(project, "search=" + "x".repeat(501)).status()).isEqualTo(400);
    }

    // Sort and pages

    @ParameterizedTest
    @CsvSource({
        "jiraKey",
        "summary",
        "status",
        "priority",
        "issueType",
        "assignee",
        "reporter",
        "resolution",
        "resolutionDate",
        "dueDate",
        "createdDate",
        "updatedDate",
        "lastSynced",
        "storyPoints"
    })
    void everySortWalksEveryRowOnceInOrderBothWays(String field) {
        long project = twelve();
        for (boolean descending : new boolean[] {false, true}) {
            String sort = (descending ? "-" : "") + field;
            String path = "/api/projects/" + project + "/jira-tickets?sort=" + sort;
            List<JsonNode> all = new ArrayList<>();
            get(path + "&limit=500").json().forEach(all::add);
            List<String> whole =
                    all.stream().map(t -> t.path("jiraKey").asText()).toList();

            assertThat(whole).as(sort).hasSize(12).doesNotHaveDuplicates();
            assertThat(walk(path + "&limit=3")).as(sort).isEqualTo(whole);
            assertThat(walk(path + "&limit=1")).as(sort).isEqualTo(whole);
            List<@Nullable String> values = new ArrayList<>();
            all.forEach(t -> values.add(textOrNull(t.path(field))));
            int nulls = (int) values.stream().filter(value -> value == null).count();
            assertThat(values.subList(values.size() - nulls, values.size()))
                    .as(sort)
                    .allMatch(value -> value == null);
            if (!field.equals("summary")) { // whose order is the database's collation's
                Comparator<String> ascending = field.equals("jiraKey")
                        ? Comparator.comparingInt(key -> Integer.parseInt(key.substring("DEMO-".length())))
                        : Comparator.naturalOrder();
                Comparator<String> order = descending ? ascending.reversed() : ascending;
                assertThat(values.subList(0, values.size() - nulls)).as(sort).isSortedAccordingTo(order);
            }
        }
    }

    @Test
    void aPageStaysRightWhenRowsComeInBetween() {
        SimulatedJira jira = cloud();
        for (int i = 1; i <= 6; i++) {
            jira.putRawIssue(issue(i, "DEMO-" + i, "s"));
        }
        long project = project(jira);
        sync(project);
        Answer first = tickets(project, "sort=jiraKey&limit=3");
        jira.putRawIssue(issue(7, "DEMO-0", "before all"));
        sync(project);

        assertThat(texts(get(next(first)).json(), "jiraKey")).containsExactly("DEMO-4", "DEMO-5", "DEMO-6");
    }

    @Test
    void theDefaultIsTheLatestChangeFirstFiftyAPage() {
        SimulatedJira jira = started(SimulatedJira.Options.cloud().initialIssues(60));
        long project = project(jira);
        sync(project);
        Answer page = get("/api/projects/" + project + "/jira-tickets");
        assertThat(page.json()).hasSize(50);
        assertThat(page.header("X-Total-Count")).isEqualTo("60");
        assertThat(texts(page.json(), "updatedDate")).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(get(next(page)).json()).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=501, limit",
        "limit=-1, limit",
        "limit=abc, limit",
        "limit=, limit",
        "limit=1.5, limit",
        "limit=99999999999999999999, limit",
        "cursor=abc, cursor",
        "cursor=%00, cursor",
        "cursor=W10, cursor",
        "cursor=WyJqaXJhS2V5IixudWxsLCJ4Il0, cursor",
        "sort=nope, sort",
        "sort=jira_key, sort",
        "sort=-, sort",
        "sort=--jiraKey, sort",
        "sort=jiraKey;DROP TABLE x, sort",
        "syncStatus=nope, syncStatus",
        "syncStatus=SYNCED, syncStatus",
        "updatedSince=yesterday, updatedSince",
        "updatedSince=2026-01-01, updatedSince",
        "updatedSince=2026-13-01T00:00:00Z, updatedSince",
        "updatedSince=2026-02-30T00:00:00Z, updatedSince",
        "updatedSince=2026-01-01T00:00:00, updatedSince",
        "updatedSince=, updatedSince",
        "status=a%00b, status",
        "search=%00, search",
        "labels=x%00, labels",
        "labels=a&labels=%00, labels"
    })
    void aWrongParameterIsA400ThatNamesIt(String query, String field) {
        Answer answer = tickets(project(), query.replace(' ', '+'));
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("errors").path(0).path("field").asText()).isEqualTo(field);
    }

    @Test
    void aCursorIsGoodForItsOwnListOnly() {
        long project = twelve();
        String byKey = next(tickets(project, "sort=jiraKey&limit=3"));
        Answer other = get(byKey.replace("sort=jiraKey", "sort=-jiraKey"));
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.json().path("errors").path(0).path("field").asText()).isEqualTo("cursor");

        // A cursor that fits the sort but whose value does not fit its type.
        String forged = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("[\"-updatedDate\",\"no date\",5]".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(tickets(project, "cursor=" + forged).status()).isEqualTo(400);
        String nul = java.util.Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("[\"jiraKey\",\"a\\u0000b\",5]".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        assertThat(tickets(project, "sort=jiraKey&cursor=" + nul).status()).isEqualTo(400);
    }

    // One ticket

    @Test
    void aTicketIsFoundByItsKeyInAnyCaseAndByAFormerKey() {
        SimulatedJira jira = started(SimulatedJira.Options.cloud().projects("DEMO", "LATER"));
        String key = jira.createIssue("DEMO", fields -> fields.put("summary", "moves"));
        long project = project();
        configure(project, config(jira).put("jql", "project in (DEMO, LATER)"));
        sync(project);
        String moved = jira.moveIssue(key, "LATER");
        sync(project);

        assertThat(ticket(project, moved).path("jiraKey").asText()).isEqualTo(moved);
        assertThat(ticket(project, moved.toLowerCase(java.util.Locale.ROOT))
                        .path("jiraKey")
                        .asText())
                .isEqualTo(moved);
        assertThat(ticket(project, key).path("jiraKey").asText()).isEqualTo(moved);
        assertThat(keys(project, "")).containsExactly(moved);
        for (String unknown : new String[] {"DEMO-999", "nonsense", "%27", "1"}) {
            Answer answer = get("/api/projects/" + project + "/jira-tickets/" + unknown);
            assertThat(answer.status()).as(unknown + answer.text()).isEqualTo(404);
        }
        assertThat(get("/api/projects/" + project() + "/jira-tickets/" + moved).status())
                .isEqualTo(404);
        assertThat(get("/api/projects/" + project + "/jira-tickets/a%00b").status())
                .isIn(400, 404);
    }

    @Test
    void aTicketHasEveryFieldOfTheContract() {
        long project = twelve();
        JsonNode listed = tickets(project, "sort=jiraKey&limit=1").json().path(0);
        for (JsonNode ticket : List.of(listed, ticket(project, "DEMO-1"))) {
            for (String field : new String[] {
                "id",
                "jiraKey",
                "jiraId",
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
                "components",
                "customFields",
                "createdDate",
                "updatedDate",
                "contentHash",
                "lastSynced",
                "syncStatus",
                "url"
            }) {
                assertThat(ticket.has(field)).as(field).isTrue();
            }
            assertThat(ticket.path("jiraKey").asText()).isEqualTo("DEMO-1");
            assertThat(ticket.path("id").isIntegralNumber()).isTrue();
            assertThat(ticket.path("jiraId").asText()).isEqualTo("1");
            assertThat(ticket.path("createdDate").asText()).isEqualTo("2026-01-01T00:00:01.000Z");
            assertThat(Instant.parse(ticket.path("lastSynced").asText())).isBeforeOrEqualTo(Instant.now());
            assertThat(ticket.path("syncStatus").asText()).isEqualTo("synced");
            assertThat(ticket.path("url").asText()).matches("http://127.0.0.1:\\d+/browse/DEMO-1");
        }
        JsonNode detail = ticket(project, "DEMO-1");
        for (String list : new String[] {"history", "links", "pullRequests", "commits"}) {
            assertThat(detail.path(list).isArray()).as(list).isTrue();
        }
    }

    @Test
    void theDetailShowsHistoryAndLinks() {
        SimulatedJira jira = cloud();
        String other = jira.createIssue("DEMO", fields -> fields.put("summary", "the other"));
        String key = jira.createIssue("DEMO", fields -> fields.put("summary", "before"));
        jira.editIssue(key, fields -> {
            fields.put("summary", "after");
            ObjectNode link = fields.putArray("issuelinks").addObject();
            link.put("id", "1")
                    .putObject("type")
                    .put("name", "Blocks")
                    .put("outward", "blocks")
                    .put("inward", "is blocked by");
            link.putObject("outwardIssue").put("key", other);
        });
        jira.transitionIssue(key, "Done");
        long project = project(jira);
        sync(project);

        JsonNode ticket = ticket(project, key);

        assertThat(texts(ticket.path("history"), "field")).contains("summary", "status");
        JsonNode change = ticket.path("history")
                .get(texts(ticket.path("history"), "field").indexOf("summary"));
        assertThat(change.path("from").asText()).isEqualTo("before");
        assertThat(change.path("to").asText()).isEqualTo("after");
        assertThat(change.path("author").asText()).isNotBlank();
        assertThat(Instant.parse(change.path("at").asText())).isBeforeOrEqualTo(Instant.now());
        JsonNode link = ticket.path("links").path(0);
        assertThat(link.path("type").asText()).isEqualTo("blocks");
        assertThat(link.path("direction").asText()).isEqualTo("outward");
        assertThat(link.path("jiraKey").asText()).isEqualTo(other);
        assertThat(link.path("summary").asText()).isEqualTo("the other");
        assertThat(ticket.path("historyTruncated").asBoolean()).isFalse();
    }

    @Test
    void oddHistoriesAndLinksDoNotHideATicket() {
        SimulatedJira jira = cloud();
        ObjectNode issue = issue(1, "DEMO-1", "odd");
        fields(issue).putArray("issuelinks").add("text").addObject().putNull("outwardIssue");
        fields(issue).put("x\u0000", "y\u0000");
        jira.putRawIssue(issue);
        ObjectNode other = issue(2, "DEMO-2", "odder");
        fields(other).put("issuelinks", "none");
        jira.putRawIssue(other);
        long project = project(jira);
        sync(project);

        assertThat(ticket(project, "DEMO-1").path("links").isArray()).isTrue();
        assertThat(ticket(project, "DEMO-2").path("links").isArray()).isTrue();
    }

    @Test
    void deletedTicketsAreListedOnlyWhenAskedFor() {
        SimulatedJira jira = cloud();
        for (int i = 1; i <= 3; i++) {
            jira.putRawIssue(issue(i, "DEMO-" + i, "s"));
        }
        long project = project(jira);
        sync(project);
        jira.deleteIssue("DEMO-2");
        sync(project);

        assertThat(keys(project, "sort=jiraKey")).containsExactly("DEMO-1", "DEMO-3");
        assertThat(keys(project, "syncStatus=deleted")).containsExactly("DEMO-2");
        assertThat(keys(project, "syncStatus=all")).hasSize(3);
        assertThat(keys(project, "search=s&sort=jiraKey")).doesNotContain("DEMO-2");
        assertThat(ticket(project, "DEMO-2").path("syncStatus").asText()).isEqualTo("deleted");
    }

    // The filters and orders of what a ticket has by itself

    @Test
    void keysAreOrderedByProjectAndNumber() {
        SimulatedJira jira = cloud();
        String[] keys = {"AB-10", "AB-9", "AB-1000", "ABC-1", "A-11", "A-2"};
        for (int i = 0; i < keys.length; i++) {
            jira.putRawIssue(issue(i + 1, keys[i], "s"));
        }
        long project = project();
        ObjectNode config = config(jira);
        config.put("jql", "created > \"2000-01-01\"");
        configure(project, config);
        sync(project);
        String path = "/api/projects/" + project + "/jira-tickets?limit=1&sort=";

        assertThat(walk(path + "jiraKey")).containsExactly("A-2", "A-11", "AB-9", "AB-10", "AB-1000", "ABC-1");
        assertThat(walk(path + "-jiraKey")).containsExactly("ABC-1", "AB-1000", "AB-10", "AB-9", "A-11", "A-2");
    }

    @Test
    void filtersTakeAnyOfTheirValues() {
        long project = varied();

        assertThat(keys(project, "sort=jiraKey&status=To%20Do&status=Odd,%20really"))
                .containsExactly("DEMO-1", "DEMO-3");
        assertThat(keys(project, "status=Odd,%20really")).containsExactly("DEMO-3");
        assertThat(keys(project, "sort=jiraKey&statusCategory=Done&statusCategory=To%20Do"))
                .containsExactly("DEMO-1", "DEMO-2");
        assertThat(keys(project, "sort=jiraKey&assignee=Mia&assignee=6c")).containsExactly("DEMO-1", "DEMO-2");
        assertThat(keys(project, "sort=jiraKey&issueType=Bug&issueType=Story")).containsExactly("DEMO-1", "DEMO-2");
        assertThat(keys(project, "sort=jiraKey&priority=High&priority=Low")).containsExactly("DEMO-1", "DEMO-2");
        assertThat(keys(project, "resolution=Fixed&resolution=nope")).containsExactly("DEMO-2");
        assertThat(keys(project, "sort=jiraKey&fixVersion=2.0&fixVersion=1.9")).containsExactly("DEMO-1", "DEMO-2");
        assertThat(keys(project, "fixVersion=1.9")).containsExactly("DEMO-1");
        assertThat(keys(project, "sort=jiraKey&component=Web,%20UI&component=Core"))
                .containsExactly("DEMO-1", "DEMO-2");
        assertThat(keys(project, "parentKey=DEMO-1")).containsExactly("DEMO-2");
        assertThat(keys(project, "sprint=Sprint%207&sprint=x")).containsExactly("DEMO-1");
        assertThat(keys(project, "sprint=Sprint")).isEmpty();
        assertThat(keys(project, "fixVersion=1.9&status=Closed")).isEmpty();
        assertThat(tickets(project, "statusCategory=Nope").status()).isEqualTo(400);
        assertThat(tickets(project, "priority=x&".repeat(101) + "limit=1").status())
                .isEqualTo(400);
    }

    @Test
    void ticketsAreSortedByWhatTheyHaveByThemselves() {
        long project = varied();
        String path = "/api/projects/" + project + "/jira-tickets?limit=1&sort=";

        for (String sort : new String[] {"storyPoints", "dueDate", "resolutionDate", "resolution", "reporter"}) {
            assertThat(walk(path + sort)).as(sort).hasSize(3).doesNotHaveDuplicates();
            assertThat(walk(path + "-" + sort)).as(sort).hasSize(3).doesNotHaveDuplicates();
        }
        assertThat(keys(project, "sort=storyPoints")).containsExactly("DEMO-2", "DEMO-1", "DEMO-3");
        assertThat(keys(project, "sort=-dueDate")).containsExactly("DEMO-1", "DEMO-2", "DEMO-3");
        assertThat(keys(project, "sort=reporter").get(0)).isEqualTo("DEMO-2");
        assertThat(keys(project, "sort=summary")).containsExactly("DEMO-2", "DEMO-3", "DEMO-1");
        assertThat(tickets(project, "sort=sprints").status()).isEqualTo(400);
    }

    @Test
    void theValuesOfAFieldAreListedWithTheirNumbers() {
        long project = varied();
        String path = "/api/projects/" + project + "/jira-tickets/values?field=";

        assertThat(get(path + "statusCategory").json())
                .isEqualTo(
                        tree(
                                """
                [{"value": "Done", "count": 1, "estimate": false}, {"value": "To Do", "count": 1, "estimate": false}]"""));
        assertThat(get(path + "fixVersion").json())
                .isEqualTo(
                        tree(
                                """
                [{"value": "2.0", "count": 2, "estimate": false}, {"value": "1.9", "count": 1, "estimate": false}]"""));
        assertThat(texts(get(path + "sprint").json(), "value")).containsExactly("Sprint 7", "Sprint 8");
        assertThat(texts(get(path + "status&fixVersion=1.9").json(), "value")).containsExactly("To Do");
        assertThat(texts(get(path + "component&search=alpha").json(), "value")).containsExactly("Core");
        for (String field : new String[] {
            "status", "issueType", "priority", "assignee", "resolution", "labels", "parentKey", "syncStatus"
        }) {
            assertThat(get(path + field).status()).as(field).isEqualTo(200);
        }
        assertThat(get(path + "summary").status()).isEqualTo(400);
        assertThat(get("/api/projects/" + project + "/jira-tickets/values").status())
                .isEqualTo(400);
        assertThat(get("/api/projects/999999999/jira-tickets/values?field=status")
                        .status())
                .isEqualTo(404);
    }

    /** Three tickets; the third has next to nothing. */
    private long varied() {
        SimulatedJira jira = cloud();
        ObjectNode first = issue(1, "DEMO-1", "zulu");
        ObjectNode fields = fields(first);
        fields.putObject("status")
                .put("name", "To Do")
                .putObject("statusCategory")
                .put("key", "new");
        fields.putObject("issuetype").put("name", "Story");
        fields.putObject("priority").put("name", "High");
        fields.putObject("assignee").put("displayName", "Mia").put("accountId", "5b");
        fields.putArray("fixVersions").addObject().put("name", "2.0");
        fields.withArray("fixVersions").addObject().put("name", "1.9");
        fields.putArray("components").addObject().put("name", "Web, UI");
        fields.putArray("customfield_10020").addObject().put("name", "Sprint 7").put("state", "closed");
        fields.withArray("customfield_10020")
                .addObject()
                .put("name", "Sprint 8")
                .put("state", "active");
        fields.put("customfield_10016", 8).put("duedate", "2026-12-01");
        jira.putRawIssue(first);
        ObjectNode second = issue(2, "DEMO-2", "alpha");
        fields = fields(second);
        fields.putObject("status")
                .put("name", "Closed")
                .putObject("statusCategory")
                .put("key", "done");
        fields.putObject("issuetype").put("name", "Bug");
        fields.putObject("priority").put("name", "Low");
        fields.putObject("assignee").put("displayName", "Björn").put("accountId", "6c");
        fields.putObject("reporter").put("displayName", "Zoe").put("accountId", "7d");
        fields.putObject("resolution").put("name", "Fixed");
        fields.put("resolutiondate", "2026-03-01T00:00:00.000+0000");
        fields.putObject("parent").put("key", "DEMO-1");
        fields.putArray("fixVersions").addObject().put("name", "2.0");
        fields.putArray("components").addObject().put("name", "Core");
        fields.put("customfield_10016", 2.5).put("duedate", "2026-11-30");
        jira.putRawIssue(second);
        ObjectNode third = issue(3, "DEMO-3", "mike");
        fields(third).putObject("status").put("name", "Odd, really");
        jira.putRawIssue(third);
        long project = project(jira);
        sync(project);
        return project;
    }

    // Many tickets

    @Test
    void beyondTenThousandTheNumberOfTicketsIsAnEstimateAndACommonWordIsFoundInTheListsOrder() {
        long project = project();
        jdbc.sql(
                        """
                        WITH tickets AS (
                            INSERT INTO jira_tickets (project_id, jira_id, jira_key, summary, status, updated_date, content_hash)
                            SELECT ?, n, 'MANY-' || n, 'Common word ' || n, CASE WHEN n % 3 = 0 THEN 'Done' ELSE 'To Do' END,
                                   CASE WHEN n <> 12000 THEN timestamptz '2026-01-01' + n * interval '1 s' END, n
                            FROM generate_series(1, 12000) n
                            RETURNING id, project_id, content_hash, summary
                        )
                        INSERT INTO jira_ticket_search (ticket_id, project_id, content_hash, text, document)
                        SELECT id, project_id, content_hash, lower(summary), to_tsvector('simple', summary) FROM tickets
                        """)
                .param(project)
                .update();
        jdbc.sql("ANALYZE jira_tickets, jira_ticket_search").update();

        Answer first = tickets(project, "");
        assertThat(Long.parseLong(first.header("X-Total-Count"))).isBetween(10_001L, 15_000L);
        assertThat(first.header("X-Total-Count-Estimate")).isEqualTo("true");
        assertThat(texts(first.json(), "jiraKey")).startsWith("MANY-11999", "MANY-11998");
        Answer exact = tickets(project, "count=exact");
        assertThat(exact.header("X-Total-Count")).isEqualTo("12000");
        assertThat(exact.header("X-Total-Count-Estimate")).isEmpty();
        assertThat(tickets(project, "status=Done").header("X-Total-Count")).isEqualTo("4000");

        for (String search : new String[] {"common", "ommo"}) {
            Answer found = tickets(project, "search=" + search + "&sort=updatedDate&limit=3");
            assertThat(texts(found.json(), "jiraKey")).as(search).containsExactly("MANY-1", "MANY-2", "MANY-3");
            assertThat(texts(get(next(found)).json(), "jiraKey")).containsExactly("MANY-4", "MANY-5", "MANY-6");
            assertThat(found.header("X-Total-Count-Estimate")).isEqualTo("true");
            Answer some = tickets(project, "search=" + search + "&status=Done&limit=3");
            assertThat(texts(some.json(), "jiraKey")).containsExactly("MANY-11997", "MANY-11994", "MANY-11991");
            assertThat(some.header("X-Total-Count")).isEqualTo("4000");
            assertThat(some.header("X-Total-Count-Estimate")).isEmpty();
        }
        assertThat(tickets(project, "search=common&count=exact").header("X-Total-Count"))
                .isEqualTo("12000");
        jdbc.sql("DELETE FROM jira_tickets WHERE project_id = ?").param(project).update();
    }

    @Test
    void aCursorOfBeforeGoesOnOrSaysThatItCannot() {
        long project = twelve();
        List<String> whole = keys(project, "sort=jiraKey");
        assertThat(keys(project, "sort=jiraKey&cursor=" + cursor("[\"jiraKey\", \"DEMO-000000000000000003\", 0]")))
                .isEqualTo(whole.subList(2, whole.size()));
        // Where many have the same value, a cursor now says which of them was the last one shown.
        Answer incomplete = tickets(project, "sort=status&cursor=" + cursor("[\"status\", \"Done\", 5]"));
        assertThat(incomplete.status()).isEqualTo(400);
        assertThat(incomplete.json().path("errors").path(0).path("field").asText())
                .isEqualTo("cursor");
    }

    private static String cursor(String parts) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(parts.getBytes(StandardCharsets.UTF_8));
    }

    // Sync logs

    @Test
    void syncLogsAreListedNewestFirstAndByTheirFilters() {
        SimulatedJira jira = started(SimulatedJira.Options.cloud().initialIssues(2));
        long project = project(jira);
        long first = sync(project).path("id").asLong();
        long second = sync(project, "incremental").path("id").asLong();
        String path = "/api/projects/" + project + "/jira-sync-logs";

        Answer list = get(path);

        assertThat(list.header("X-Total-Count")).isEqualTo("2");
        assertThat(texts(list.json(), "id")).containsExactly(String.valueOf(second), String.valueOf(first));
        assertThat(get(path + "?syncType=full").json()).hasSize(1);
        assertThat(get(path + "?status=failed").json()).isEmpty();
        assertThat(texts(get(path + "?sort=startedAt").json(), "id"))
                .containsExactly(String.valueOf(first), String.valueOf(second));
        assertThat(walk(path + "?limit=1", "id")).containsExactly(String.valueOf(second), String.valueOf(first));
        for (String wrong : new String[] {"status=nope", "syncType=nope", "limit=0", "sort=id", "cursor=x"}) {
            assertThat(get(path + "?" + wrong).status()).as(wrong).isEqualTo(400);
        }
        JsonNode log = get(path + "/" + first).json();
        for (String field : new String[] {
            "id", "syncType", "status", "ticketsProcessed", "ticketsCreated", "ticketsUpdated", "ticketsUnchanged",
            "ticketsDeleted", "ticketsInvalid", "pages", "startedAt", "completedAt", "durationMs", "stateText",
            "jiraCount", "localCount", "warnings"
        }) {
            assertThat(log.has(field)).as(field).isTrue();
        }
        assertThat(log.path("syncType").asText()).isEqualTo("full");
        assertThat(get(path + "/999999999").status()).isEqualTo(404);
        assertThat(get(path + "/abc").status()).isEqualTo(400);
        assertThat(get(path + "/0").status()).isEqualTo(400);
        assertThat(get("/api/projects/" + project() + "/jira-sync-logs/" + first)
                        .status())
                .isEqualTo(404);
    }

    // Helpers

    private static ObjectNode described(long id, String summary, @Nullable String description) {
        ObjectNode issue = issue(id, "DEMO-" + id, summary);
        fields(issue).put("description", description);
        return issue;
    }

    private List<String> search(long project, String text) {
        return keys(project, "search=" + encode(text));
    }

    private void indexed() {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> jdbc.sql("SELECT count(*) FROM jira_search_queue")
                                .query(Long.class)
                                .single()
                        == 0);
    }

    private List<String> walk(String path) {
        return walk(path, "jiraKey");
    }

    /** Follows the links to the end. */
    private List<String> walk(String path, String field) {
        List<String> all = new ArrayList<>();
        String next = path;
        for (int pages = 0; !next.isEmpty(); pages++) {
            assertThat(pages).as("pages of " + path).isLessThan(50);
            Answer page = get(next);
            assertThat(page.status()).as(next + page.text()).isEqualTo(200);
            all.addAll(texts(page.json(), field));
            next = next(page);
        }
        return all;
    }

    private static String next(Answer page) {
        Matcher link = NEXT.matcher(page.header("Link"));
        return link.find() ? link.group(1) : "";
    }
}
