package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.sandbox.jira.Fault;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people write into tickets, and what Jira leaves out of them. */
class TicketDataTest extends JiraMappingSupport {

    private static final String LONE = "\uD83D";

    // Texts

    @Test
    void longTextsEmojiAndRightToLeftTextStayAsTheyAre() {
        SimulatedJira jira = cloud();
        String text = "שלום עולם \u202Eمرحبا\u202C 👩‍👩‍👧‍👦 🇩🇪 é \t\r\n ".repeat(600);
        assertThat(text.length()).isGreaterThan(20_000);
        String long30k = text + "x".repeat(30_000);
        ObjectNode issue = issue(1, "DEMO-1", "👩‍💻 مرحبا \"quoted\" \\back\\ 'single'");
        fields(issue).put("description", long30k);
        jira.putRawIssue(issue);
        long project = project(jira);

        assertThat(sync(project).path("ticketsCreated").asInt()).isEqualTo(1);

        JsonNode ticket = ticket(project, "DEMO-1");
        assertThat(ticket.path("description").asText()).isEqualTo(long30k);
        assertThat(ticket.path("summary").asText()).isEqualTo("👩‍💻 مرحبا \"quoted\" \\back\\ 'single'");
        assertThat(sync(project).path("ticketsUnchanged").asInt()).isEqualTo(1);
    }

    @Test
    void nulIsRemovedEverywhere() {
        SimulatedJira jira = cloud();
        ObjectNode issue = issue(1, "DEMO-1", "before\u0000after");
        fields(issue).put("description", "\u0000\u0000one\u0000");
        fields(issue).putArray("labels").add("la\u0000bel").add("back\\\\slash").add("c:\\u0000");
        fields(issue).putArray("components").addObject().put("name", "com\u0000ponent");
        fields(issue).putObject("assignee").put("displayName", "A\u0000B").put("accountId", "a\u0000b");
        fields(issue)
                .put("customfield_1", "x\u0000y")
                .putObject("customfield_2")
                .put("na\u0000me", "va\u0000lue");
        jira.putRawIssue(issue);
        long project = project();
        configure(
                project,
                config(
                        jira,
                        mappings(
                                "customFields.text",
                                ".fields.customfield_1",
                                "customFields.object",
                                ".fields.customfield_2")));

        JsonNode log = sync(project);

        assertThat(log.path("ticketsCreated").asInt()).as(log.toString()).isEqualTo(1);
        JsonNode ticket = ticket(project, "DEMO-1");
        assertThat(ticket.path("summary").asText()).isEqualTo("beforeafter");
        assertThat(ticket.path("description").asText()).isEqualTo("one");
        assertThat(texts(ticket.path("labels"))).containsExactlyInAnyOrder("label", "back\\\\slash", "c:\\u0000");
        assertThat(texts(ticket.path("components"))).containsExactly("component");
        assertThat(ticket.path("assignee").asText()).isEqualTo("AB");
        assertThat(ticket.path("assigneeId").asText()).isEqualTo("ab");
        assertThat(ticket.path("customFields").path("text").asText()).isEqualTo("xy");
        assertThat(ticket.path("customFields").path("object")).isEqualTo(object("name", "value"));
    }

    @Test
    void aLoneSurrogateBecomesTheReplacementCharacter() {
        SimulatedJira jira = cloud();
        ObjectNode issue = issue(1, "DEMO-1", "half " + LONE + " and whole 🛒 and low \uDE00");
        fields(issue).put("description", LONE);
        fields(issue).putArray("labels").add("l" + LONE).add("whole🛒");
        fields(issue).putArray("components").addObject().put("name", LONE + "c");
        fields(issue).putObject("priority").put("name", "P" + LONE);
        fields(issue).putObject("customfield_2").put("k" + LONE, "v" + LONE);
        jira.fail(Fault.answering(200, "application/json", page(issue)).onPath("/rest/api/2/search/jql"));
        long project = project();
        configure(project, config(jira, mappings("customFields.object", ".fields.customfield_2")));

        JsonNode log = sync(project);

        assertThat(log.path("ticketsCreated").asInt()).as(log.toString()).isEqualTo(1);
        JsonNode ticket = ticket(project, "DEMO-1");
        assertThat(ticket.path("summary").asText()).isEqualTo("half \uFFFD and whole 🛒 and low \uFFFD");
        assertThat(ticket.path("description").asText()).isEqualTo("\uFFFD");
        assertThat(texts(ticket.path("labels"))).containsExactlyInAnyOrder("l\uFFFD", "whole🛒");
        assertThat(texts(ticket.path("components"))).containsExactly("\uFFFDc");
        assertThat(ticket.path("priority").asText()).isEqualTo("P\uFFFD");
        assertThat(ticket.path("customFields").path("object")).isEqualTo(object("k\uFFFD", "v\uFFFD"));
        assertThat(ticket.path("history").isArray()).isTrue();
    }

    @Test
    void aTicketWhoseKeyIsGarbledIsStoredOrSetAsideAndItsPageGoesOn() {
        SimulatedJira jira = cloud();
        ObjectNode garbled = issue(1, "DEMO-" + LONE + "\u00001", "garbled key");
        jira.fail(Fault.answering(200, "application/json", page(garbled, issue(2, "DEMO-2", "fine")))
                .onPath("/rest/api/2/search/jql"));
        long project = project(jira);

        JsonNode log = sync(project);

        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        assertThat(log.path("ticketsCreated").asInt()).isEqualTo(2);
        assertThat(keys(project, "sort=jiraKey")).containsExactlyInAnyOrder("DEMO-2", "DEMO-\uFFFD1");
    }

    @Test
    void aTicketWithoutIdAndWithAGarbledKeyIsSetAside() {
        SimulatedJira jira = cloud();
        ObjectNode garbled = issue(1, "DEMO-" + LONE + "\u00001", "summary");
        garbled.remove("id");
        ObjectNode other = issue(1, "DEMO-3", "no id either");
        other.put("id", "NaN\u0000" + LONE);
        ObjectNode third = issue(1, "DEMO-4", "no id at all");
        third.remove("id");
        jira.fail(
                Fault.answering(200, "application/json", page(garbled, other, third, third, issue(2, "DEMO-2", "fine")))
                        .onPath("/rest/api/2/search/jql"));
        long project = project(jira);

        JsonNode log = sync(project);

        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        assertThat(log.path("ticketsInvalid").asInt()).isEqualTo(3);
        assertThat(log.path("ticketsCreated").asInt()).isEqualTo(1);
        assertThat(texts(errors(project), "jiraKey")).containsExactlyInAnyOrder("DEMO-\uFFFD1", "DEMO-3", "DEMO-4");
        assertThat(log.path("ticketsProcessed").asInt()).isEqualTo(5);
    }

    // What is missing

    @Test
    void hiddenFieldsSetTheTicketAsideAndTheRestOfThePageGoesOn() {
        SimulatedJira jira = cloud();
        jira.putRawIssue(issue(1, "DEMO-1", "fine"));
        jira.putRawIssue(without(issue(2, "DEMO-2", "no status"), "status"));
        jira.putRawIssue(without(issue(3, "DEMO-3", "no summary"), "summary"));
        ObjectNode bare = issue(4, "DEMO-4", "nothing");
        fields(bare).retain("project", "created", "updated");
        jira.putRawIssue(bare);
        ObjectNode blank = issue(5, "DEMO-5", "  ");
        jira.putRawIssue(blank);
        jira.putRawIssue(issue(6, "DEMO-6", "fine, too"));
        long project = project(jira);

        JsonNode log = sync(project);

        assertThat(log.path("status").asText()).isEqualTo("completed");
        assertThat(log.path("ticketsProcessed").asInt()).isEqualTo(6);
        assertThat(log.path("ticketsInvalid").asInt()).isEqualTo(4);
        assertThat(log.path("ticketsCreated").asInt()).isEqualTo(2);
        assertThat(keys(project, "sort=jiraKey")).containsExactly("DEMO-1", "DEMO-6");
        JsonNode errors = errors(project);
        assertThat(texts(errors, "jiraKey")).containsExactlyInAnyOrder("DEMO-2", "DEMO-3", "DEMO-4", "DEMO-5");
        JsonNode noStatus = find(errors, "DEMO-2");
        assertThat(noStatus.path("jiraId").asText()).isEqualTo("2");
        assertThat(noStatus.path("reason").asText()).contains("status");
        assertThat(noStatus.path("payload").path("fields").path("summary").asText())
                .isEqualTo("no status");
        assertThat(noStatus.path("attempts").asInt()).isEqualTo(1);
        assertThat(Instant.parse(noStatus.path("createdAt").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(find(errors, "DEMO-3").path("reason").asText()).contains("summary");
    }

    @Test
    void issuesWithoutFieldsOrWithFieldsOfAWrongKindAreSetAside() {
        SimulatedJira jira = cloud();
        ObjectNode none = JSON.createObjectNode().put("id", "1").put("key", "DEMO-1");
        ObjectNode nothing = issue(2, "DEMO-2", "x");
        nothing.putNull("fields");
        ObjectNode text = issue(3, "DEMO-3", "x");
        text.put("fields", "hidden");
        ObjectNode status = issue(4, "DEMO-4", "x");
        fields(status).put("status", "Open");
        ObjectNode labels = issue(5, "DEMO-5", "x");
        fields(labels).put("labels", 5);
        ObjectNode components = issue(6, "DEMO-6", "x");
        fields(components).put("components", "all");
        jira.fail(Fault.answering(
                        200,
                        "application/json",
                        page(none, nothing, text, status, labels, components, issue(7, "DEMO-7", "fine")))
                .onPath("/rest/api/2/search/jql"));
        long project = project(jira);

        JsonNode log = sync(project);

        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        assertThat(keys(project, "")).containsExactly("DEMO-7");
        assertThat(log.path("ticketsInvalid").asInt()).isEqualTo(6);
        assertThat(errors(project)).hasSize(6).allSatisfy(error -> {
            assertThat(error.path("reason").asText()).isNotBlank().doesNotContain("Exception");
            assertThat(error.path("payload").isObject()).isTrue();
        });
    }

    @Test
    void aRetryAfterTheIssueWasMendedResolvesIt() {
        SimulatedJira jira = cloud();
        jira.putRawIssue(without(issue(2, "DEMO-2", "no status"), "status"));
        long project = project(jira);
        sync(project);
        long error = errors(project).path(0).path("id").asLong();

        Answer stillBroken = retry(project, error);
        assertThat(stillBroken.status()).as(stillBroken.text()).isEqualTo(200);
        assertThat(stillBroken.json().path("resolved").asBoolean()).isFalse();
        assertThat(stillBroken.json().path("reason").asText()).contains("status");
        assertThat(errors(project).path(0).path("attempts").asInt()).isEqualTo(2);
        assertThat(errors(project).path(0).path("id").asLong()).isEqualTo(error);

        jira.putRawIssue(issue(2, "DEMO-2", "mended"));
        Answer mended = retry(project, error);

        assertThat(mended.status()).as(mended.text()).isEqualTo(200);
        assertThat(mended.json().path("resolved").asBoolean()).isTrue();
        assertThat(errors(project)).isEmpty();
        assertThat(ticket(project, "DEMO-2").path("summary").asText()).isEqualTo("mended");
        assertThat(retry(project, error).status()).isEqualTo(404);
    }

    @Test
    void aRetryOfAnIssueThatJiraNoLongerHasForgetsIt() {
        SimulatedJira jira = cloud();
        jira.putRawIssue(without(issue(2, "DEMO-2", "no status"), "status"));
        long project = project(jira);
        sync(project);
        long error = errors(project).path(0).path("id").asLong();
        jira.deleteIssue("DEMO-2");

        Answer answer = retry(project, error);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("resolved").asBoolean()).isTrue();
        assertThat(errors(project)).isEmpty();
        assertThat(retry(project, 999_999_999).status()).isEqualTo(404);
    }

    @Test
    void anIssueWithoutANumericIdCannotBeRetriedButSaysWhy() {
        SimulatedJira jira = cloud();
        ObjectNode other = issue(1, "DEMO-3", "no id");
        other.put("id", "not-a-number");
        jira.fail(Fault.answering(200, "application/json", page(other)).onPath("/rest/api/2/search/jql"));
        long project = project(jira);
        sync(project);

        Answer answer = retry(project, errors(project).path(0).path("id").asLong());

        assertThat(answer.status()).as(answer.text()).isLessThan(500);
    }

    @Test
    void theNextSyncResolvesWhatWasSetAside() {
        SimulatedJira jira = cloud();
        jira.putRawIssue(without(issue(2, "DEMO-2", "no status"), "status"));
        long project = project(jira);
        sync(project);
        sync(project);
        assertThat(errors(project).path(0).path("attempts").asInt()).isEqualTo(2);

        jira.putRawIssue(issue(2, "DEMO-2", "mended"));
        JsonNode log = sync(project);

        assertThat(log.path("ticketsInvalid").asInt()).isZero();
        assertThat(errors(project)).isEmpty();
    }

    @Test
    void aTicketThatBecomesInvalidKeepsItsRow() {
        SimulatedJira jira = cloud();
        jira.putRawIssue(issue(2, "DEMO-2", "good"));
        long project = project(jira);
        sync(project);
        jira.putRawIssue(without(issue(2, "DEMO-2", "no status"), "status"));

        JsonNode log = sync(project);

        assertThat(log.path("ticketsInvalid").asInt()).isEqualTo(1);
        assertThat(log.path("ticketsDeleted").asInt()).isZero();
        assertThat(ticket(project, "DEMO-2").path("summary").asText()).isEqualTo("good");
    }

    // Forms

    @Test
    void idsMayBeNumbersOrTexts() {
        SimulatedJira jira = cloud();
        ObjectNode number = issue(1, "DEMO-1", "number");
        number.put("id", 10001);
        ObjectNode text = issue(2, "DEMO-2", "text");
        text.put("id", "10002");
        ObjectNode large = issue(3, "DEMO-3", "large");
        large.put("id", 999_999_999_999_999_999L);
        jira.fail(Fault.answering(200, "application/json", page(number, text, large))
                .onPath("/rest/api/2/search/jql"));
        long project = project(jira);

        sync(project);

        assertThat(texts(tickets(project, "sort=jiraKey").json(), "jiraId"))
                .containsExactly("10001", "10002", "999999999999999999");
    }

    @Test
    void nobodyAssignedIsNull() {
        SimulatedJira jira = cloud();
        ObjectNode issue = issue(1, "DEMO-1", "x");
        fields(issue).putNull("assignee");
        jira.putRawIssue(issue);
        long project = project(jira);
        sync(project);

        JsonNode ticket = ticket(project, "DEMO-1");

        assertThat(ticket.path("assignee").isNull()).isTrue();
        assertThat(ticket.path("assigneeId").isNull()).isTrue();
        assertThat(ticket.path("reporter").isNull()).isTrue();
        assertThat(ticket.path("description").isNull()).isTrue();
        assertThat(ticket.path("priority").isNull()).isTrue();
    }

    @Test
    void labelsMayBeNullHoldCommasOrComeTwice() {
        assertThat(texts(row(changed(fields -> fields.putNull("labels"))).path("labels")))
                .isEmpty();
        assertThat(texts(row(changed(fields -> fields.remove("labels"))).path("labels")))
                .isEmpty();
        assertThat(texts(row(changed(fields ->
                                fields.putArray("labels").add("b").add("a,c").add("b")))
                        .path("labels")))
                .containsExactly("a,c", "b");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2021-03-28T16:05:55.016+0800, 2021-03-28T08:05:55.016Z",
                "2021-03-28T16:05:55.016+08:00, 2021-03-28T08:05:55.016Z",
                "2021-03-28T08:05:55.016Z, 2021-03-28T08:05:55.016Z",
                "2021-03-28T08:05:55Z, 2021-03-28T08:05:55Z",
                "2021-03-28T08:05:55+0000, 2021-03-28T08:05:55Z",
                "2021-03-28T08:05:55.1-0330, 2021-03-28T11:35:55.100Z",
                "2021-03-28T08:05:55.123456Z, 2021-03-28T08:05:55.123Z",
                "2021-03-28T08:05Z, 2021-03-28T08:05:00Z",
                "2021-03-28, 2021-03-28T00:00:00Z",
                "1616918755016, 2021-03-28T08:05:55.016Z",
                "1616918755, 2021-03-28T08:05:55Z",
                "2024-02-29T23:59:59.999+0000, 2024-02-29T23:59:59.999Z",
                "1969-12-31T23:59:59.999+0000, 1969-12-31T23:59:59.999Z",
                "2023-02-29T00:00:00.000+0000, -",
                "yesterday, -",
                "28/Mar/21 4:05 PM, -",
                "99999999999999999999, -",
                "'', -"
            })
    void datesAreReadInEveryFormThatJiraWrites(String text, @org.jspecify.annotations.Nullable String expected) {
        assertThat(JiraTime.iso(text)).isEqualTo(expected);
    }

    @Test
    void anUnreadableOrImpossibleDateIsLeftOutAndTheTicketStored() {
        SimulatedJira jira = cloud();
        ObjectNode issue = issue(1, "DEMO-1", "odd dates");
        fields(issue).put("created", "yesterday").put("updated", "9999999999999999");
        ObjectNode object = issue(2, "DEMO-2", "odd kinds");
        fields(object).putObject("created").put("at", 1);
        fields(object).put("updated", 1616918755016L);
        jira.fail(Fault.answering(200, "application/json", page(issue, object, issue(3, "DEMO-3", "fine")))
                .onPath("/rest/api/2/search/jql"));
        long project = project(jira);

        JsonNode log = sync(project);

        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        assertThat(log.path("ticketsCreated").asInt()).isEqualTo(3);
        assertThat(ticket(project, "DEMO-1").path("createdDate").isNull()).isTrue();
        assertThat(ticket(project, "DEMO-2").path("updatedDate").asText()).startsWith("2021-03-28T08:05:55.016");
    }

    @Test
    void pagesOfOneIssueAreWalkedToTheEnd() {
        SimulatedJira jira = started(SimulatedJira.Options.cloud().maxPageSize(1));
        for (int i = 1; i <= 7; i++) {
            jira.putRawIssue(issue(i, "DEMO-" + i, "number " + i));
        }
        long project = project(jira);

        JsonNode log = sync(project);

        assertThat(log.path("ticketsCreated").asInt()).isEqualTo(7);
        assertThat(log.path("pages").asInt()).isGreaterThanOrEqualTo(7);
        assertThat(keys(project, "")).hasSize(7);
    }

    @Test
    void theSameIssueTwiceOnAPageIsStoredOnceAsItWasLast() {
        SimulatedJira jira = cloud();
        jira.fail(Fault.answering(
                        200,
                        "application/json",
                        page(issue(1, "DEMO-1", "earlier"), issue(2, "DEMO-2", "other"), issue(1, "DEMO-1", "later")))
                .onPath("/rest/api/2/search/jql"));
        long project = project(jira);

        JsonNode log = sync(project);

        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        assertThat(ticket(project, "DEMO-1").path("summary").asText()).isEqualTo("later");
        assertThat(log.path("ticketsCreated").asInt()).isEqualTo(2);
    }

    @Test
    void customFieldsOfEveryKindAreMapped() {
        SimulatedJira jira = cloud();
        ObjectNode issue = issue(1, "DEMO-1", "custom");
        ObjectNode fields = fields(issue);
        fields.put("customfield_number", 5.5).put("customfield_whole", 3L).put("customfield_flag", true);
        fields.put("customfield_text", "t").put("customfield_date", "2026-02-03");
        fields.put("customfield_time", "2026-02-03T10:00:00.000+0200").putNull("customfield_null");
        fields.putObject("customfield_option").put("value", "Green").put("id", "1");
        fields.putArray("customfield_options").add(object("value", "A")).add(object("value", "B"));
        fields.putObject("customfield_cascade").put("value", "Europe").set("child", object("value", "Berlin"));
        fields.putObject("customfield_user").put("displayName", "Mia").put("accountId", "5b");
        fields.putArray("customfield_users").add(object("displayName", "Mia")).add(object("name", "fred"));
        fields.putArray("customfield_versions").add(object("name", "1.0")).add(object("name", "2.0"));
        fields.putArray("customfield_sprints")
                .addObject()
                .put("id", 7)
                .put("name", "Sprint 7")
                .put("state", "active");
        fields.set(
                "customfield_document",
                tree(
                        """
                        {"type": "doc", "version": 1, "content": [
                          {"type": "paragraph", "content": [{"type": "text", "text": "Hello"}]},
                          {"type": "bulletList", "content": [
                            {"type": "listItem", "content": [
                              {"type": "paragraph", "content": [{"type": "text", "text": "one"}]}]}]}]}"""));
        jira.putRawIssue(issue);
        long project = project();
        Map<String, String> mappings = mappings(
                "customFields.number", ".fields.customfield_number",
                "customFields.whole", ".fields.customfield_whole",
                "customFields.flag", ".fields.customfield_flag",
                "customFields.text", ".fields.customfield_text",
                "customFields.date", ".fields.customfield_date | to_date",
                "customFields.time", ".fields.customfield_time | to_datetime",
                "customFields.nothing", ".fields.customfield_null",
                "customFields.absent", ".fields.customfield_absent",
                "customFields.option", ".fields.customfield_option.value",
                "customFields.options", ".fields.customfield_options | join_values(\", \")",
                "customFields.list", "[.fields.customfield_options[].value]",
                "customFields.cascade", ".fields.customfield_cascade | .value + \" / \" + .child.value",
                "customFields.user", ".fields.customfield_user | user_name",
                "customFields.users", "[.fields.customfield_users[] | user_name]",
                "customFields.version", ".fields.customfield_versions | first_of | .name",
                "customFields.sprint", ".fields.customfield_sprints[] | select(.state == \"active\") | .name",
                "customFields.document", ".fields.customfield_document | plain_text",
                "customFields.object", ".fields.customfield_option");
        // Without those that a ticket has under Jira's own names.
        assertThat(configure(project, config(jira, mappings).put("customFields", "mapped"))
                        .status())
                .isEqualTo(200);

        JsonNode log = sync(project);

        assertThat(log.path("ticketsInvalid").asInt())
                .as(errors(project).toString())
                .isZero();
        assertThat(ticket(project, "DEMO-1").path("customFields"))
                .isEqualTo(
                        tree(
                                """
                                {"number": 5.5, "whole": 3, "flag": true, "text": "t", "date": "2026-02-03",
                                 "time": "2026-02-03T08:00:00Z", "nothing": null, "absent": null, "option": "Green",
                                 "options": "A, B", "list": ["A", "B"], "cascade": "Europe / Berlin", "user": "Mia",
                                 "users": ["Mia", "fred"], "version": "1.0", "sprint": "Sprint 7",
                                 "document": "Hello\\n- one", "object": {"value": "Green", "id": "1"}}"""));
    }

    // Hashes

    @Test
    void theSameStateHasTheSameHashHoweverJiraSendsIt() throws Exception {
        try (Stream<Path> files = Files.list(fixture("jira-webhooks"))) {
            List<ObjectNode> issues = files.map(file -> read(file).path("issue"))
                    .filter(issue -> issue.path("fields").hasNonNull("summary"))
                    .map(ObjectNode.class::cast)
                    .toList();
            assertThat(issues).hasSizeGreaterThan(20);
            for (ObjectNode issue : issues) {
                String hash = hash(issue);
                assertThat(hash).matches("[0-9a-f]{64}");
                ObjectNode other = (ObjectNode) reordered(issue);
                ObjectNode fields = fields(other);
                fields.put("lastViewed", "2026-11-11T11:11:11.111+0000");
                fields.putObject("votes").put("votes", 99);
                fields.putObject("watches").put("watchCount", 99);
                other.findValues("avatarUrls").forEach(urls -> ((ObjectNode) urls).removeAll());
                other.put("expand", "nothing");
                assertThat(hash(other)).as(issue.path("key").asText()).isEqualTo(hash);

                fields.put("summary", fields.path("summary").asText() + ".");
                assertThat(hash(other)).isNotEqualTo(hash);
            }
        }
    }

    @Test
    void aPollAndAWebhookOfTheSameStateHaveTheSameHash() {
        SimulatedJira jira = started(SimulatedJira.Options.cloud().initialIssues(25));
        long project = project(jira);
        sync(project);
        for (JsonNode ticket : tickets(project, "limit=100").json()) {
            // A webhook carries the fields in version 2 shape, without expansions.
            ObjectNode payload = jira.issue(ticket.path("jiraId").asText());
            assertThat(hash(payload)).isEqualTo(ticket.path("contentHash").asText());
        }
    }

    @Test
    void everyColumnCountsForTheHash() {
        ObjectNode issue = issue(1, "DEMO-1", "x");
        String hash = hash(issue);
        List<Consumer<ObjectNode>> changes = List.of(
                fields -> fields.put("summary", "y"),
                fields -> fields.put("description", "y"),
                fields -> fields.put("description", ""),
                fields -> fields.putObject("status").put("name", "y"),
                fields -> fields.putObject("priority").put("name", "y"),
                fields -> fields.putObject("issuetype").put("name", "y"),
                fields -> fields.putObject("assignee").put("accountId", "y").put("displayName", "y"),
                fields -> fields.putObject("reporter").put("accountId", "y").put("displayName", "y"),
                fields -> fields.putArray("labels").add("y"),
                fields -> fields.putArray("components").addObject().put("name", "y"),
                fields -> fields.put("created", "2020-01-01T00:00:00.000+0000"),
                fields -> fields.put("updated", "2026-11-01T00:00:00.000+0000"));
        List<String> hashes = changes.stream()
                .map(change -> {
                    ObjectNode changed = issue.deepCopy();
                    change.accept(fields(changed));
                    return hash(changed);
                })
                .toList();
        assertThat(hashes).doesNotHaveDuplicates().doesNotContain(hash);
        assertThat(hash(issue(1, "DEMO-9", "x"))).isNotEqualTo(hash);
    }

    // Helpers

    private Answer retry(long project, long error) {
        return post("/api/projects/" + project + "/jira-ticket-errors/" + error + "/retry", ADMIN, null);
    }

    private static ObjectNode changed(Consumer<ObjectNode> change) {
        ObjectNode issue = issue(1, "DEMO-1", "x");
        change.accept(fields(issue));
        return issue;
    }

    private static ObjectNode without(ObjectNode issue, String field) {
        fields(issue).remove(field);
        return issue;
    }

    /** A search answer; what is no text in UTF-8 is escaped, as JSON has it. */
    private static String page(ObjectNode... issues) {
        ObjectNode page = JSON.createObjectNode().put("isLast", true);
        ArrayNode list = page.putArray("issues");
        for (ObjectNode issue : issues) {
            list.add(issue);
        }
        try {
            return JSON.writer()
                    .with(com.fasterxml.jackson.core.json.JsonWriteFeature.ESCAPE_NON_ASCII)
                    .writeValueAsString(page);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode find(JsonNode errors, String key) {
        return StreamSupport.stream(errors.spliterator(), false)
                .filter(error -> error.path("jiraKey").asText().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No error of " + key + " in " + errors));
    }

    /** The same document with the keys of objects and the labels the other way round. */
    private static JsonNode reordered(JsonNode node) {
        if (node.isObject()) {
            ObjectNode other = JSON.createObjectNode();
            node.properties().stream()
                    .sorted(Map.Entry.<String, JsonNode>comparingByKey(Comparator.reverseOrder()))
                    .forEach(field -> {
                        JsonNode value = reordered(field.getValue());
                        if (value.isArray()
                                && (field.getKey().equals("labels")
                                        || field.getKey().equals("components"))) {
                            ArrayNode turned = JSON.createArrayNode();
                            value.forEach(member -> turned.insert(0, member));
                            value = turned;
                        }
                        other.set(field.getKey(), value);
                    });
            return other;
        }
        if (node.isArray()) {
            ArrayNode other = JSON.createArrayNode();
            node.forEach(member -> other.add(reordered(member)));
            return other;
        }
        return node.deepCopy();
    }

    // What PostgreSQL or a reader refuses

    private static String random(int length) {
        return new java.util.Random(length)
                .ints(length, 'a', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void aTextThatIsTooLongForAnIndexIsCutWithAMark() {
        SimulatedJira jira = cloud();
        String name = random(6000);
        ObjectNode odd = issue(1, "DEMO-1", random(6001));
        fields(odd).put("description", random(9000));
        fields(odd).putObject("assignee").put("displayName", name).put("accountId", name);
        fields(odd)
                .putObject("reporter")
                .put("displayName", "ä".repeat(3) + name)
                .put("accountId", "🛒" + name);
        fields(odd).putObject("status").put("name", name);
        fields(odd).putObject("issuetype").put("name", name);
        fields(odd).putArray("labels").add(name);
        ObjectNode key = issue(2, name.toUpperCase(java.util.Locale.ROOT) + "-2", "a key of 6,000 letters");
        jira.fail(Fault.answering(200, "application/json", page(odd, key, issue(3, "DEMO-3", "fine")))
                .onPath("/rest/api/2/search/jql")
                .untilCleared());
        long project = project();
        configure(project, config(jira, mappings("priority", ".fields.description")));

        JsonNode log = sync(project);

        assertThat(log.path("ticketsCreated").asInt()).as(log.toString()).isEqualTo(2);
        assertThat(log.path("warnings"))
                .extracting(warning -> warning.path("message").asText())
                .contains(
                        "assignee is longer than 2000 bytes and was stored without its end for 1 ticket (DEMO-1).",
                        "status is longer than 2000 bytes and was stored without its end for 1 ticket (DEMO-1).")
                .noneMatch(message -> message.startsWith("summary") || message.startsWith("labels"));
        JsonNode ticket = ticket(project, "DEMO-1");
        for (String cut :
                List.of("assignee", "assigneeId", "reporter", "reporterId", "status", "issueType", "priority")) {
            assertThat(ticket.path(cut).asText().getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                    .as(cut)
                    .isBetween(1990, 2000);
            assertThat(ticket.path(cut).asText()).as(cut).endsWith("…");
        }
        assertThat(ticket.path("summary").asText()).isEqualTo(random(6001));
        assertThat(ticket.path("description").asText()).isEqualTo(random(9000));
        assertThat(texts(ticket.path("labels"))).containsExactly(name);
        assertThat(errors(project)).singleElement().satisfies(error -> {
            assertThat(error.path("jiraId").asText()).isEqualTo("2");
            assertThat(error.path("reason").asText()).contains("key is longer");
        });
        assertThat(sync(project).path("ticketsUnchanged").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(booleans = {true, false})
    void anIssueThatCannotBeReadIsSetAsideAndItsPageGoesOn(boolean cloud) {
        SimulatedJira jira = cloud ? cloud() : started(SimulatedJira.Options.dataCenter());
        String fine = issue(3, "DEMO-3", "fine").toString();
        String deep = issue(1, "DEMO-1", "deep")
                .toString()
                .replaceFirst("\\}$", ", \"deep\": " + "[".repeat(2000) + "]".repeat(2000) + "}");
        String large =
                issue(2, "DEMO-2", "large").toString().replaceFirst("\\}$", ", \"large\": " + "7".repeat(1500) + "}");
        String page = "{\"startAt\": 0, \"total\": 7, \"issues\": [" + deep + ", null, " + large + ", 5, [[]], \"x\", "
                + fine + "], \"isLast\": true}";
        jira.fail(Fault.answering(200, "application/json", page)
                .onPath(cloud ? "/rest/api/2/search/jql" : "/rest/api/2/search")
                .untilCleared());
        long project = project(jira);

        JsonNode log = sync(project);

        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        assertThat(log.path("ticketsProcessed").asInt()).isEqualTo(7);
        assertThat(keys(project, "")).containsExactly("DEMO-3");
        JsonNode errors = errors(project);
        assertThat(find(errors, "DEMO-1").path("reason").asText()).contains("nested 2001 deep");
        assertThat(find(errors, "DEMO-1").path("jiraId").asText()).isEqualTo("1");
        assertThat(find(errors, "DEMO-1").path("payload").path("raw").asText()).contains("[[[[");
        assertThat(find(errors, "DEMO-2").path("reason").asText()).contains("a number of 1500 digits");
        assertThat(errors).anySatisfy(error -> assertThat(error.path("reason").asText())
                .contains("What stands in the place of an issue is none"));

        jira.fail(Fault.answering(200, "application/json", deep).onPath("/rest/api/2/issue/1"));
        Answer retried = retry(project, find(errors, "DEMO-1").path("id").asLong());
        assertThat(retried.status()).as(retried.text()).isEqualTo(200);
        assertThat(retried.json().path("reason").asText()).contains("nested 2001 deep");
    }

    @Test
    void aDateOfAFarZoneOrYearIsLeftOut() {
        SimulatedJira jira = cloud();
        ObjectNode odd = issue(1, "DEMO-1", "odd dates");
        fields(odd).put("created", "2026-01-01T00:00:00.000+1830").put("updated", "0001-01-01T00:00:00.000+0200");
        jira.fail(Fault.answering(200, "application/json", page(odd, issue(2, "DEMO-2", "fine")))
                .onPath("/rest/api/2/search/jql")
                .untilCleared());
        long project = project(jira);

        assertThat(sync(project).path("ticketsCreated").asInt()).isEqualTo(2);
        assertThat(ticket(project, "DEMO-1").hasNonNull("createdDate")).isFalse();
        assertThat(ticket(project, "DEMO-1").hasNonNull("updatedDate")).isFalse();
    }

    @Test
    void aTextOfManyWordsIsSearchableByItsBeginning() {
        SimulatedJira jira = cloud();
        StringBuilder words = new StringBuilder("kettle ");
        for (int i = 0; words.length() < 600_000; i++) {
            words.appendCodePoint(0x20000 + i % 40_000)
                    .appendCodePoint(0x20000 + i / 40_000)
                    .append(' ');
        }
        ObjectNode odd = issue(1, "DEMO-1", "many words");
        fields(odd).put("description", words.toString());
        jira.putRawIssue(odd);
        long project = project(jira);
        sync(project);

        org.awaitility.Awaitility.await()
                .atMost(java.time.Duration.ofSeconds(30))
                .until(() -> jdbc.sql("SELECT count(*) FROM jira_ticket_search WHERE project_id = ?")
                                .param(project)
                                .query(Long.class)
                                .single()
                        == 1);
        assertThat(keys(project, "search=kettle")).containsExactly("DEMO-1");
    }
}
