package io.atmosfera.integration.jira;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A project's own expressions: what they can do, and what they cannot do to the platform. */
class FieldMappingTest extends JiraMappingSupport {

    private static final Duration QUICK = Duration.ofSeconds(10);

    // What they can do

    @Test
    void columnsAndCustomFieldsAreOverridden() {
        ObjectNode issue = issue(1, "DEMO-1", "sum");
        fields(issue).put("customfield_1", "P1").put("duedate", "2026-05-06");

        JsonNode row = map(
                        List.of(issue),
                        mappings(
                                "summary", "\"[\" + .key + \"] \" + .fields.summary",
                                "priority", ".fields.customfield_1",
                                "labels", "[\"x\", \"y\"]",
                                "assignee", "\"nobody\"",
                                "createdDate", ".fields.duedate",
                                "customFields.Due_Date", ".fields.duedate",
                                "customFields.story points", "3"))
                .get(0);

        assertThat(row.path("summary").asText()).isEqualTo("[DEMO-1] sum");
        assertThat(row.path("priority").asText()).isEqualTo("P1");
        assertThat(texts(row.path("labels"))).containsExactly("x", "y");
        assertThat(row.path("assignee").asText()).isEqualTo("nobody");
        assertThat(row.path("createdDate").asText()).isEqualTo("2026-05-06");
        assertThat(row.path("customFields").path("Due_Date").asText()).isEqualTo("2026-05-06");
        assertThat(row.path("customFields").path("story points").asInt()).isEqualTo(3);
        assertThat(row.path("status").asText()).isEqualTo("To Do");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null | default(\"x\") => \"x\"",
                "\"\" | default(\"x\") => \"x\"",
                "[] | default(\"x\") => \"x\"",
                "\"y\" | default(\"x\") => \"y\"",
                "false | default(\"x\") => false",
                "0 | default(\"x\") => 0",
                "\"1\" | value_map({\"1\": \"one\"}) => \"one\"",
                "1 | value_map({\"1\": \"one\"}) => \"one\"",
                "\"2\" | value_map({\"1\": \"one\"}) => \"2\"",
                "null | value_map({\"1\": \"one\"}) => null",
                "true | value_map({\"true\": \"yes\"}) => \"yes\"",
                "\"2\" | value_map({\"1\": \"one\"}; \"other\") => \"other\"",
                "\"1\" | value_map({\"1\": \"one\"}; \"other\") => \"one\"",
                "null | value_map({\"1\": \"one\"}; \"other\") => \"other\"",
                "\"x\" | value_map({\"x\": false}) => false",
                "[\"a\", \"b\"] | join_values(\", \") => \"a, b\"",
                "[{\"name\": \"a\"}, null, {\"value\": \"b\"}, 3] | join_values(\"/\") => \"a/b/3\"",
                "[] | join_values(\", \") => \"\"",
                "null | join_values(\", \") => null",
                "{\"displayName\": \"Mia\"} | join_values(\", \") => \"Mia\"",
                "[null, 1, 2] | first_of => 1",
                "[] | first_of => null",
                "\"a\" | first_of => \"a\"",
                "null | first_of => null",
                "\"2026-05-06T23:30:00.000-0500\" | to_date => \"2026-05-06\"",
                "\"2026-05-06\" | to_date => \"2026-05-06\"",
                "null | to_date => null",
                "\"\" | to_date => null",
                "\"never\" | to_date => null",
                "1778110200000 | to_date => \"2026-05-06\"",
                "\"2026-05-06T23:30:00.000-0500\" | to_datetime => \"2026-05-07T04:30:00Z\"",
                "null | to_datetime => null",
                "\"never\" | to_datetime => null",
                "\"wiki *text*\" | plain_text => \"wiki *text*\"",
                "null | plain_text => null",
                "{\"type\": \"doc\", \"content\": [{\"type\": \"paragraph\", \"content\": [{\"type\": \"text\", \"text\": \"hi\"}]}]} | plain_text => \"hi\"",
                "{\"type\": \"doc\", \"content\": [{\"type\": \"paragraph\", \"content\": [{\"type\": \"text\", \"text\": \"hi\"}]}]} | adf_to_text => \"hi\"",
                "null | adf_to_text => null",
                "{\"displayName\": \"Mia\", \"name\": \"m\"} | user_name => \"Mia\"",
                "{\"name\": \"m\"} | user_name => \"m\"",
                "{\"accountId\": \"5b\"} | user_name => \"5b\"",
                "null | user_name => null",
                "{\"accountId\": \"5b\", \"name\": \"m\"} | user_id => \"5b\"",
                "[3, 1, 2] | sort => [1, 2, 3]",
                "\"a-b-c\" | split(\"-\") => [\"a\", \"b\", \"c\"]",
                "\"SHOP-12\" | sub(\"-.*\"; \"\") => \"SHOP\"",
                "\"a1b22\" | gsub(\"[0-9]+\"; \"#\") => \"a#b#\"",
                "\"v1.2\" | test(\"^v[0-9]\") => true",
                "\"v1.2\" | capture(\"v(?<major>[0-9]+)\") => {\"major\": \"1\"}",
                "\"a,b;c\" | [splits(\"[,;]\")] => [\"a\", \"b\", \"c\"]",
                "\"ab\" | [match(\".\"; \"g\").string] => [\"a\", \"b\"]",
                "\"aXbx\" | gsub(\"x\"; \"-\"; \"i\") => \"a-b-\"",
                "\"x1y2\" | [scan(\"[a-z][0-9]\")] => [\"x1\", \"y2\"]",
                "\"ab\" | gsub(\"(?<l>[a-z])\"; \"<\\(.l)>\") => \"<a><b>\"",
                "[[1, 2], [3]] | flatten => [1, 2, 3]",
                "{\"a\": 1} | to_entries => [{\"key\": \"a\", \"value\": 1}]",
                "[1, 2, 3] | add => 6",
                "[1, 2, 3] | map(. * 2) => [2, 4, 6]",
                "[{\"a\": 1}, {\"a\": 2}] | map(select(.a > 1)) => [{\"a\": 2}]",
                "[1, 2] | any(. > 1) => true",
                "\"abc\" | .[1:] => \"bc\"",
                "[1, 2, 3] | .[-1] => 3",
                "[1, 2, 3] | reduce .[] as $x (0; . + $x) => 6",
                "[1, 2] | [foreach .[] as $x (0; . + $x)] => [1, 3]",
                "\"def\" | if . == \"def\" then \"import\" else . end => \"import\"",
                "[1, [2]] | [.. | numbers] => [1, 2]",
                "\"a\" | ascii_upcase => \"A\"",
                "{\"a\": {\"b\": 1}} | getpath([\"a\", \"b\"]) => 1",
                "[1] | tojson => \"[1]\"",
                "[\"a\", \"b\"] | @csv => \"\\\"a\\\",\\\"b\\\"\"",
                "\"x\" | try error(\"no\") catch . => \"no\"",
                "null | [.[]?] => []",
                "[1, 2, 3] | first(.[]) => 1",
                "1 | . as $x | [$x, $x + 1] => [1, 2]",
                "[1, 2] | . as [$a, $b] | $b => 2",
                "{\"k\": \"v\"} | with_entries(.value |= ascii_upcase) => {\"k\": \"V\"}"
            })
    void theFunctionsDoWhatTheirNamesSay(String expressionAndResult) {
        String[] parts = expressionAndResult.split(" => ");
        JsonNode row = map(List.of(issue(1, "DEMO-1", "x")), mappings("customFields.it", parts[0]))
                .get(0);
        assertThat(row.has("error")).as(row.toString()).isFalse();
        assertThat(row.path("customFields").path("it").toString())
                .isEqualTo(tree(parts[1]).toString());
    }

    @Test
    void ofSeveralOutputsTheFirstCountsAndNoOutputIsNull() {
        JsonNode row = map(
                        List.of(issue(1, "DEMO-1", "x")),
                        mappings("customFields.several", "1, 2, 3", "customFields.none", "empty", "priority", "empty"))
                .get(0);

        assertThat(row.path("customFields").path("several").asInt()).isEqualTo(1);
        assertThat(row.path("customFields").path("none").isNull()).isTrue();
        assertThat(row.path("priority").isNull()).isTrue();
    }

    @Test
    void textColumnsTakeWhateverAnExpressionGives() {
        SimulatedJira jira = cloud();
        jira.putRawIssue(issue(1, "DEMO-1", "x"));
        long project = project();
        configure(
                project,
                config(
                        jira,
                        mappings(
                                "priority", "3",
                                "assignee", "{\"b\": 1, \"a\": [true]}",
                                "labels", "\"only one\"",
                                "components", "[{\"name\": \"c\"}, 5, null]",
                                "createdDate", "5",
                                "updatedDate", "[1]",
                                "description", "[1, 2]")));

        JsonNode log = sync(project);

        assertThat(log.path("ticketsCreated").asInt())
                .as(errors(project).toString())
                .isEqualTo(1);
        JsonNode ticket = ticket(project, "DEMO-1");
        assertThat(ticket.path("priority").asText()).isEqualTo("3");
        assertThat(ticket.path("assignee").asText()).isEqualTo("{\"a\":[true],\"b\":1}");
        assertThat(texts(ticket.path("labels"))).containsExactly("only one");
        assertThat(ticket.path("components").isArray()).isTrue();
        assertThat(ticket.path("updatedDate").isNull()).isTrue();
    }

    // What is wrong is said at once

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nothing | .key | ticket field",
                "jiraKey | .key | ticket field",
                "jiraId | .id | ticket field",
                "contentHash | .id | ticket field",
                "customFields | .id | ticket field",
                "customFields. | .id | ticket field",
                "customFields.a.b | .id | ticket field",
                "customFields.1a | .id | ticket field",
                "Summary | .key | ticket field",
                "summary | .fields. | column",
                "summary | .fields.summary + | column",
                "summary | if . then 1 | column",
                "summary | \"unclosed | column",
                "summary | .a b | column",
                "summary | ) | column",
                "summary | nonsense | nonsense",
                "summary | .fields.labels[]? | nonsense",
                "summary | .fields.summary | nonsense(1; 2)",
                "summary | value_map | value_map",
                "summary | $unknown | unknown"
            })
    void aWrongTargetOrExpressionIsRefusedWithItsPlace(String target, String expression, String expected) {
        String text = expected.startsWith("nonsense") && !expression.contains("nonsense")
                ? expression + " | " + expected
                : expression;
        long project = project(cloud());

        Answer answer = configure(project, config(cloud(), mappings(target, text)));

        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        JsonNode error = answer.json().path("errors").path(0);
        assertThat(error.path("field").asText()).isEqualTo("fieldMappings." + target);
        assertThat(error.path("message").asText())
                .contains(expected.startsWith("nonsense") ? "nonsense" : expected)
                .doesNotContain("Exception", "net.thisptr");
        if (!expected.equals("ticket field")) {
            assertThat(error.path("message").asText()).matches("(?s).*line \\d+, column \\d+.*");
        }
    }

    @Test
    void thePlaceIsTheLineAndColumnOfTheError() {
        long project = project(cloud());

        Answer answer = configure(project, config(cloud(), mappings("summary", ".fields\n| .summary\n| nonsense(1)")));

        assertThat(answer.json().path("errors").path(0).path("message").asText())
                .contains("nonsense")
                .contains("line 3, column 3");
    }

    @Test
    void allWrongMappingsAreNamedAndNothingIsSaved() {
        SimulatedJira jira = cloud();
        long project = project(jira);

        Answer answer = configure(
                project, config(jira, mappings("summary", ".a b", "nothing", ".key", "status", ".fields.status.name")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(texts(answer.json().path("errors"), "field"))
                .containsExactlyInAnyOrder("fieldMappings.summary", "fieldMappings.nothing");
        assertThat(get("/api/projects/" + project + "/jira-config").json().path("fieldMappings"))
                .isEmpty();
    }

    @Test
    void mappingsThatAreNoTextAreRefused() {
        SimulatedJira jira = cloud();
        long project = project(jira);
        for (String mappings : new String[] {"[]", "\"x\"", "{\"summary\": 5}", "{\"summary\": null}", "null"}) {
            ObjectNode config = config(jira);
            config.set("fieldMappings", tree(mappings));
            Answer answer = configure(project, config);
            assertThat(answer.status()).as(mappings + answer.text()).isEqualTo(400);
        }
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 201; i++) {
            many.put("customFields.f" + i, ".key");
        }
        assertThat(configure(project, config(jira, many)).status()).isEqualTo(400);
        assertThat(configure(project, config(jira, mappings("summary", "\"" + "x".repeat(4000) + "\"")))
                        .status())
                .isEqualTo(400);
    }

    // What they cannot do

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env",
                "env.PATH",
                "$ENV",
                "$ENV.PATH",
                "$__prog_args",
                "input",
                "[inputs]",
                "halt",
                "halt_error",
                "debug",
                "stderr",
                "input_filename",
                "input_line_number",
                "get_search_list",
                "modulemeta",
                "now",
                "builtins",
                "range(1e9)",
                "[range(1e9)]",
                "range(0; 1e9; 1)",
                "repeat(1)",
                "[limit(1e9; repeat(1))]",
                "until(false; .)",
                "while(true; .)",
                "recurse(.)",
                "recurse",
                "def f: f; f",
                "def f(x): x; f(1)",
                "\"\\(def f: f; f)\"",
                "import \"a\" as a; a::b",
                "include \"a\"; .",
                "[combinations]",
                "[1] | _nwise(0)",
                "walk(.)",
                "setpath([1000000000]; 1)",
                "[splits(\"\")] | transpose"
            })
    void whatReadsTheProcessOrMayRunForEverIsRefused(String expression) {
        long project = project(cloud());

        Answer answer = assertTimeoutPreemptively(
                QUICK, () -> configure(project, config(cloud(), mappings("customFields.it", expression))));

        if (expression.contains("walk") || expression.contains("transpose")) {
            assertThat(answer.status()).isIn(200, 400);
        } else {
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().path("errors").path(0).path("field").asText())
                    .isEqualTo("fieldMappings.customFields.it");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x\" * 1e9",
                "\"xxxxxxxxxx\" * 100000000 | length",
                ".fields.summary * 1000000000",
                ".[1000000000] = 1",
                "[] | .[1000000000] = 1 | length",
                "null | .[500000000] |= 1",
                "reduce (1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30) as $i (\"xx\"; . + .)",
                "[foreach (1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30) as $i ([1]; . + .)]",
                "reduce (\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" / \"\")[] as $i ([1]; [., .]) | tojson",
                "reduce (\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" / \"\")[] as $i ({\"a\": 1}; {\"a\": ., \"b\": .})",
                "reduce (\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" / \"\")[] as $i (\"\\\"\"; tojson)",
                "reduce (\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" / \"\")[] as $i (\"x\"; \"\\(.)\\(.)\")",
                "reduce (\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" / \"\")[] as $i (\"x\"; gsub(\"x\"; \"xx\"))",
                "reduce (\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" / \"\")[] as $i (\"xx\"; [., .] | join(.))",
                "reduce (\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" / \"\")[] as $i ([1]; map(., .))",
                "[(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)+(1,2)]",
                "[null,null,null,null,null,null,null,null,null,null] | ((.[]+.[]+.[]+.[]+.[]+.[]+.[]+.[]+.[]+.[]+.[]) // 1)",
                "[1,2,3,4,5,6,7,8,9,10] | .[] as $a | .[] as $b | .[] as $c | .[] as $d | .[] as $e | .[] as $f | .[] as $g | .[] as $h | .[] as $i | .[] as $j | select($a > 10)",
                "[1,2,3,4,5,6,7,8,9,10] | .[] as $a | .[] as $b | .[] as $c | .[] as $d | .[] as $e | .[] as $f | .[] as $g | .[] as $h | .[] as $i | empty",
                "try (reduce (\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" / \"\")[] as $i (\"xx\"; . + .)) catch \"caught\"",
                "(reduce (\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" / \"\")[] as $i (\"xx\"; . + .))? // 1",
                "first(reduce (\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" / \"\")[] as $i (\"xx\"; . + .))",
                "label $out | foreach (\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" / \"\")[] as $i (\"xx\"; . + .; empty)",
                "[\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\" | test(\"^(a+)+$\")]",
                "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\" | sub(\"^(a|a)*$\"; \"\")",
                "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\" | [splits(\"^(a+)+$\")]"
            })
    void whatWouldFillTheMemoryOrTheDayIsStoppedSoonAndNeverCaught(String expression) {
        SimulatedJira jira = cloud();
        jira.putRawIssue(issue(1, "DEMO-1", "x"));
        long project = project(jira);

        Answer answer = assertTimeoutPreemptively(
                QUICK, () -> configure(project, config(jira, mappings("customFields.it", expression))));

        if (answer.status() == 200) {
            JsonNode log = assertTimeoutPreemptively(QUICK.plus(QUICK), () -> sync(project));
            assertThat(log.path("status").asText()).isEqualTo("completed");
            assertThat(log.path("ticketsCreated").asInt()).as(log.toString()).isEqualTo(1);
            assertThat(texts(log.path("warnings"), "message"))
                    .singleElement(STRING)
                    .contains("customFields.it");
        } else {
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().path("errors").path(0).path("field").asText())
                    .isEqualTo("fieldMappings.customFields.it");
        }
        assertThat(get("/api/projects").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[.. | .. | .. | .. | .. | .. | .. | ..] | length",
                "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\" | [match(\"(a*)*b\"; \"g\")]",
                "\"aaa\" | indices(\"\")",
                "\"aaa\" | [match(\"\"; \"g\")] | length",
                "\"aäa\" | gsub(\"\"; \"-\")",
                "\"aaa\" | [splits(\"\")]",
                "[1000000000] | map(length)",
                "[[1000000000]] | flatten",
                "\"[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]\" | fromjson | tojson",
                "[1, [2, [3]]] | walk(.)",
                "\"a\" | ltrimstr(\"\") | ascii_downcase | explode | implode",
                "[limit]",
                "1e1000 | tostring",
                "[nan, infinite] | tojson",
                "10 | exp10 | pow(.; 100)",
                "\"x\" | @base64 | @base64d",
                "[splits(1)]",
                "$__loc__",
                "break $out"
            })
    void whatMayLookDangerousEndsInTimeOneWayOrTheOther(String expression) {
        SimulatedJira jira = cloud();
        jira.putRawIssue(issue(1, "DEMO-1", "x"));
        long project = project(jira);

        Answer answer = assertTimeoutPreemptively(
                QUICK, () -> configure(project, config(jira, mappings("customFields.it", expression))));

        assertThat(answer.status()).as(answer.text()).isIn(200, 400);
        assertThat(answer.text()).doesNotContain("Exception", "net.thisptr");
        if (answer.status() == 200) {
            JsonNode log = assertTimeoutPreemptively(QUICK, () -> sync(project));
            assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "{\"a\":", "-", "try ", "not|not|", "\"\\(", "if . then "})
    void deeplyNestedExpressionsAreRefusedNotOverflowing(String opening) {
        String closing =
                switch (opening) {
                    case "(" -> ")";
                    case "[" -> "]";
                    case "{\"a\":" -> "}";
                    case "\"\\(" -> ")\"";
                    case "if . then " -> " else 1 end";
                    default -> "";
                };
        int times = 3900 / (opening.length() + closing.length());
        String expression = opening.repeat(times) + "1" + closing.repeat(times);
        long project = project(cloud());

        Answer answer = assertTimeoutPreemptively(
                QUICK, () -> configure(project, config(cloud(), mappings("customFields.it", expression))));

        assertThat(answer.status()).as(answer.text()).isIn(200, 400);
    }

    // What fails for one issue

    @Test
    void anOptionalExpressionThatStopsFittingCostsItsFieldOnly() {
        SimulatedJira jira = cloud();
        for (int i = 1; i <= 3; i++) {
            ObjectNode issue = issue(i, "DEMO-" + i, "before");
            fields(issue).putObject("customfield_1").put("value", "gold");
            fields(issue).putObject("priority").put("name", "High");
            jira.putRawIssue(issue);
        }
        long project = project();
        configure(
                project,
                config(
                        jira,
                        mappings(
                                "priority", ".fields.customfield_1.value + \"!\"",
                                "customFields.Größe & Farbe", ".fields.customfield_1.value")));
        sync(project);
        // Somebody made a multi select of the single select, and edited two issues.
        for (int i = 1; i <= 2; i++) {
            ObjectNode issue = issue(i, "DEMO-" + i, "after");
            fields(issue).put("updated", "2026-02-02T03:04:05.678+0000");
            fields(issue).putArray("customfield_1").addObject().put("value", "gold");
            jira.putRawIssue(issue);
        }
        ObjectNode fresh = issue(4, "DEMO-4", "new");
        fields(fresh).putArray("customfield_1").addObject().put("value", "silver");
        jira.putRawIssue(fresh);

        JsonNode log = sync(project);

        assertThat(log.path("status").asText()).isEqualTo("completed");
        assertThat(log.path("ticketsInvalid").asInt()).as(log.toString()).isZero();
        assertThat(log.path("ticketsUpdated").asInt()).isEqualTo(2);
        assertThat(texts(log.path("warnings"), "code"))
                .containsOnly("field-mapping")
                .hasSize(2);
        assertThat(texts(log.path("warnings"), "message"))
                .anySatisfy(text -> assertThat(text).contains("priority", "3 tickets", "DEMO-1"))
                .anySatisfy(text -> assertThat(text).contains("customFields.Größe & Farbe", "3 tickets", "DEMO-1"));
        JsonNode edited = ticket(project, "DEMO-1");
        assertThat(edited.path("summary").asText()).isEqualTo("after");
        assertThat(edited.path("priority").asText()).isEqualTo("gold!");
        assertThat(edited.path("customFields").path("Größe & Farbe").asText()).isEqualTo("gold");
        assertThat(edited.path("syncStatus").asText()).isEqualTo("synced");
        assertThat(ticket(project, "DEMO-4").path("priority").isNull()).isTrue();
        assertThat(ticket(project, "DEMO-4").path("syncStatus").asText()).isEqualTo("synced");
        assertThat(errors(project)).isEmpty();

        JsonNode again = sync(project);

        assertThat(again.path("ticketsUpdated").asInt()).as(again.toString()).isZero();
        assertThat(texts(again.path("warnings"), "code")).hasSize(2);

        configure(project, config(jira, mappings("priority", ".fields.customfield_1 | first_of | .value")));
        replayed(project, 1);
        assertThat(ticket(project, "DEMO-4").path("priority").asText()).isEqualTo("silver");
    }

    @Test
    void aTicketWithoutSummaryOrStatusKeepsItsRowAndIsFailed() {
        SimulatedJira jira = cloud();
        jira.putRawIssue(issue(1, "DEMO-1", "good"));
        jira.putRawIssue(issue(2, "DEMO-2", "good, too"));
        long project = project();
        configure(project, config(jira, mappings("status", ".fields.status.name | test(\"x\") | not | tostring")));
        sync(project);
        ObjectNode odd = issue(1, "DEMO-1", "changed");
        fields(odd)
                .put("updated", "2026-02-02T03:04:05.678+0000")
                .putObject("status")
                .put("name", 5);
        jira.putRawIssue(odd);

        JsonNode log = sync(project);

        assertThat(log.path("ticketsInvalid").asInt()).as(log.toString()).isEqualTo(1);
        JsonNode kept = ticket(project, "DEMO-1");
        assertThat(kept.path("syncStatus").asText()).isEqualTo("failed");
        assertThat(kept.path("summary").asText()).isEqualTo("good");
        assertThat(keys(project, "syncStatus=failed")).containsExactly("DEMO-1");
        assertThat(errors(project).path(0).path("reason").asText()).startsWith("fieldMappings.status");

        jira.putRawIssue(issue(1, "DEMO-1", "good"));
        sync(project);

        assertThat(ticket(project, "DEMO-1").path("syncStatus").asText()).isEqualTo("synced");
        assertThat(errors(project)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Größe", "チーム", "R&D", "Story point estimate", "Команда 2", "Team (EU)", "Q/A", "Účet"})
    void customFieldsTakeNamesInLettersOfAnyScript(String name) {
        SimulatedJira jira = cloud();
        jira.putRawIssue(issue(1, "DEMO-1", "x"));
        long project = project();

        Answer saved = configure(project, config(jira, mappings("customFields." + name, ".key")));

        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        sync(project);
        assertThat(ticket(project, "DEMO-1").path("customFields").path(name).asText())
                .isEqualTo("DEMO-1");
    }

    @Test
    void aBreakAndAnErrorOfAnExpressionSetTheIssueAsideWithItsMessage() {
        JsonNode row = map(List.of(issue(1, "DEMO-1", "x")), mappings("summary", "error(\"no summary wanted\")"))
                .get(0);
        assertThat(row.path("error").asText()).isEqualTo("fieldMappings.summary: no summary wanted");
    }

    // Preview

    @Test
    void aPreviewShowsTheNamedIssueAndStoresNothing() {
        SimulatedJira jira = started(SimulatedJira.Options.cloud().initialIssues(5));
        jira.putRawIssue(issue(50_000, "DEMO-500", "to be seen"));
        long project = project(jira);

        Answer answer =
                preview(project, "DEMO-500", mappings("summary", "\"> \" + .fields.summary", "customFields.k", ".key"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode ticket = answer.json().path("ticket");
        assertThat(ticket.path("jiraKey").asText()).isEqualTo("DEMO-500");
        assertThat(ticket.path("summary").asText()).isEqualTo("> to be seen");
        assertThat(ticket.path("customFields").path("k").asText()).isEqualTo("DEMO-500");
        assertThat(ticket.path("updatedDate").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
        assertThat(answer.json().path("issue").path("fields").path("summary").asText())
                .isEqualTo("to be seen");
        assertThat(keys(project, "syncStatus=all")).isEmpty();
        assertThat(errors(project)).isEmpty();
        assertThat(get("/api/projects/" + project + "/jira-sync-logs").json()).isEmpty();
        assertThat(get("/api/projects/" + project + "/jira-config").json().path("fieldMappings"))
                .isEmpty();
    }

    @Test
    void aPreviewIsTheTicketAsItIsStoredLater() {
        SimulatedJira jira = cloud();
        ObjectNode issue = issue(7, "DEMO-7", "nul \u0000 here");
        fields(issue).put("customfield_1", "x").putArray("labels").add("b").add("a");
        jira.putRawIssue(issue);
        long project = project();
        Map<String, String> mappings = mappings(
                "priority",
                "3",
                "labels",
                ".fields.labels + [\"c\"]",
                "components",
                "\"one\"",
                "customFields.z",
                "{b: 1, a: null}");
        configure(project, config(jira, mappings));

        JsonNode previewed = preview(project, "DEMO-7", mappings).json().path("ticket");
        sync(project);
        JsonNode stored = ticket(project, "DEMO-7");

        for (String column : new String[] {
            "jiraId",
            "jiraKey",
            "issueType",
            "summary",
            "description",
            "priority",
            "status",
            "labels",
            "components",
            "customFields",
            "createdDate",
            "updatedDate"
        }) {
            assertThat(stored.path(column)).as(column).isEqualTo(previewed.path(column));
        }
    }

    @Test
    void aPreviewWithoutAKeyTakesTheLatestIssue() {
        SimulatedJira jira = started(SimulatedJira.Options.cloud().initialIssues(5));
        String latest = jira.createIssue("DEMO", fields -> fields.put("summary", "the latest"));
        long project = project(jira);

        assertThat(preview(project, null, Map.of())
                        .json()
                        .path("ticket")
                        .path("jiraKey")
                        .asText())
                .isEqualTo(latest);

        SimulatedJira dataCenter = started(SimulatedJira.Options.dataCenter());
        String only = dataCenter.createIssue("DEMO", fields -> fields.put("summary", "the only one"));
        assertThat(preview(project(dataCenter), null, Map.of())
                        .json()
                        .path("ticket")
                        .path("jiraKey")
                        .asText())
                .isEqualTo(only);
    }

    @Test
    void aPreviewThatCannotBeSaysWhy() {
        SimulatedJira jira = cloud();
        long project = project(jira);
        assertThat(preview(project, "DEMO-404", Map.of()).status()).isEqualTo(404);
        assertThat(preview(project, null, Map.of()).status())
                .as("an empty project")
                .isEqualTo(404);
        assertThat(preview(project(), "DEMO-1", Map.of()).status())
                .as("no connection")
                .isEqualTo(404);
        assertThat(preview(999_999_999, "DEMO-1", Map.of()).status()).isEqualTo(404);

        jira.putRawIssue(issue(1, "DEMO-1", "x"));
        Answer wrong = preview(project, "DEMO-1", mappings("summary", ".a b"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().path("errors").path(0).path("field").asText()).isEqualTo("fieldMappings.summary");
        Answer failing = preview(project, "DEMO-1", mappings("summary", ".key + 1"));
        assertThat(failing.status()).as(failing.text()).isEqualTo(400);
        assertThat(failing.json().path("errors").path(0).path("field").asText()).isEqualTo("fieldMappings.summary");
        assertThat(post("/api/projects/" + project + "/jira-config/preview", ADMIN, "{}")
                        .status())
                .isEqualTo(400);
        assertThat(post("/api/projects/" + project + "/jira-config/preview", tokenOf("MEMBER"), "{}")
                        .status())
                .isEqualTo(403);
    }

    // Replay

    @Test
    void aChangedMappingReplaysTheKeptPayloadsWithoutAskingJira() {
        SimulatedJira jira = started(SimulatedJira.Options.cloud().initialIssues(30));
        long project = project(jira);
        sync(project);
        String hash = tickets(project, "limit=1&sort=jiraKey")
                .json()
                .path(0)
                .path("contentHash")
                .asText();
        jira.clearRequests();

        configure(project, config(jira, mappings("customFields.key", ".key", "priority", "\"P\"")));
        JsonNode log = replayed(project, 1);

        assertThat(log.path("status").asText()).isEqualTo("completed");
        assertThat(log.path("ticketsProcessed").asInt()).isEqualTo(30);
        assertThat(log.path("ticketsUpdated").asInt()).isEqualTo(30);
        assertThat(log.path("ticketsCreated").asInt()).isZero();
        assertThat(jira.requests())
                .noneMatch(request ->
                        request.path().contains("/search") || request.path().contains("/issue"));
        JsonNode first = tickets(project, "limit=1&sort=jiraKey").json().path(0);
        assertThat(first.path("customFields").path("key").asText())
                .isEqualTo(first.path("jiraKey").asText());
        assertThat(keys(project, "priority=P&limit=100")).hasSize(30);

        configure(project, config(jira, mappings("priority", "\"P\"", "customFields.key", ".key")));
        configure(project, config(jira, Map.of()));
        JsonNode back = replayed(project, 2);
        assertThat(back.path("ticketsUpdated").asInt()).isEqualTo(30);
        assertThat(tickets(project, "limit=1&sort=jiraKey")
                        .json()
                        .path(0)
                        .path("contentHash")
                        .asText())
                .isEqualTo(hash);
        assertThat(sync(project).path("ticketsUnchanged").asInt()).isEqualTo(30);
    }

    @Test
    void aReplayUpdatesOnlyWhatTheMappingChanges() {
        SimulatedJira jira = cloud();
        for (int i = 1; i <= 10; i++) {
            jira.putRawIssue(issue(i, "DEMO-" + i, i % 2 == 0 ? "even" : "odd"));
        }
        long project = project(jira);
        sync(project);

        configure(
                project,
                config(
                        jira,
                        mappings("summary", "if .fields.summary == \"even\" then \"EVEN\" else .fields.summary end")));
        JsonNode log = replayed(project, 1);

        assertThat(log.path("ticketsUpdated").asInt()).isEqualTo(5);
        assertThat(log.path("ticketsUnchanged").asInt()).isEqualTo(5);
    }

    private Answer preview(long project, @org.jspecify.annotations.Nullable String key, Map<String, String> mappings) {
        ObjectNode body = JSON.createObjectNode();
        body.set("fieldMappings", JSON.valueToTree(mappings));
        if (key != null) {
            body.put("issueKey", key);
        }
        return post("/api/projects/" + project + "/jira-config/preview", ADMIN, body.toString());
    }
}
