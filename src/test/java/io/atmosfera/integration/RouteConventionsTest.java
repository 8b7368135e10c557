package io.atmosfera.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The routes keep to {@link RouteConvention}, and each rule finds what breaks it. */
class RouteConventionsTest {

    private static final PlatformFiles REPOSITORY = PlatformFiles.ofRepository();

    /** Two routes and a statement that break no rule: what every example starts from. */
    private static final PlatformFiles GOOD = PlatformFiles.none()
            .withRoute("routes/http/error-handling.camel.yaml", "- routeConfiguration: { id: step }")
            .withRoute(
                    "routes/tea/tea-brew.camel.yaml",
                    """
                    - route:
                        id: tea-brew
                        # in: the order, variable tea (its name) · out: nothing
                        description: Brews the tea that the message orders.
                        routeConfigurationId: step
                        from:
                          id: from-tea-brew
                          uri: direct:tea-brew
                          steps:
                            - split:
                                id: tea-each-leaf
                                expression: { jq: { expression: "[.leaves[] | .name]" } }
                                steps:
                                  - to: { id: tea-water, uri: "https:kettle", parameters: { httpClientConfigurer: "#outbound" } }
                            - to: { id: tea-store, uri: "sql:classpath:sql/tea/tea-insert.sql" }
                            - removeHeaders: { id: tea-forget, pattern: "*", excludePattern: "CamelRedeliver.*" }
                            - to: { id: tea-serve, uri: "seda:tea-serve?size=10" }
                    - route:
                        id: tea-serve
                        description: Serves the tea.
                        routeConfigurationId: step
                        from: { id: from-tea-serve, uri: "seda:tea-serve", parameters: { size: "10" }, steps: [] }
                    """)
            .withSql(
                    "sql/tea/tea-insert.sql",
                    """
                    -- Stores a tea, even one that isn't hot.
                    INSERT INTO teas (name, state) VALUES (:#${variable.tea[name]}, 'fresh')
                    """)
            .withContract("paths: { /tea: { post: { operationId: tea-brew } } }");

    /** A route that needs a signature and has none. */
    private static final String POUR =
            """
            - route:
                id: tea-pour
                from:
                  id: from-tea-pour
                  uri: direct:tea-pour
                  steps: []
            """;

    /** Files that break a rule. */
    private record Example(RouteConvention breaks, PlatformFiles files) {

        @Override
        public String toString() {
            return breaks.sentence();
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    void routesKeepTo(RouteConvention convention) {
        assertThat(convention.violations(REPOSITORY)).as(convention.sentence()).isEmpty();
    }

    @Test
    void theGoodExampleBreaksNoRule() {
        assertThat(RouteConvention.values()).allSatisfy(convention -> assertThat(convention.violations(GOOD))
                .as(convention.sentence())
                .isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void aBreachIsFound(Example example) {
        assertThat(example.breaks().violations(example.files()))
                .as(example.breaks().sentence())
                .isNotEmpty();
    }

    @Test
    void whatComesOfATemplateIsLookedAtLikeAnyRoute() {
        String path = "routes/tea/tea-pour.camel.yaml";
        String template =
                """
                - routeTemplate:
                    id: tea-pour
                    # in: nothing · out: nothing
                    parameters: [ { name: cup }, { name: milk, defaultValue: without } ]
                    route:
                      id: 'tea-{{cup}}'
                      description: Pours a cup.
                      routeConfigurationId: step
                      from:
                        id: 'from-{{cup}}'
                        uri: 'direct:tea-{{cup}}'
                        steps:
                          - to: { id: '{{cup}}-{{milk}}', uri: 'direct:tea-other' }
                """;
        String use = "- templatedRoute: { routeTemplateRef: tea-pour, parameters: [ { name: cup, value: %s } ] }\n";
        PlatformFiles one = GOOD.withRoute(path, template + use.formatted("other"));

        assertThat(RouteConvention.values()).allSatisfy(convention -> assertThat(convention.violations(one))
                .as(convention.sentence())
                .isEmpty());
        assertThat(one.routeNodes().map(node -> node.text("id"))).contains("other-without");
        assertThat(RouteConvention.STEP_ID_IS_UNIQUE.violations(
                        one.withRoute(path, template + use.formatted("other") + use.formatted("other"))))
                .isNotEmpty();
        assertThat(RouteConvention.IDS_ARE_KEBAB_CASE.violations(
                        one.withRoute(path, template + use.formatted("Other"))))
                .isNotEmpty();
        assertThat(RouteConvention.QUEUE_HAS_ONE_CONSUMER.violations(
                        one.withRoute(path, template + use.formatted("another"))))
                .isNotEmpty();
    }

    @Test
    void everyRuleHasAnExampleThatBreaksIt() {
        Set<RouteConvention> shown = examples().map(Example::breaks).collect(Collectors.toSet());

        assertThat(EnumSet.allOf(RouteConvention.class)).isEqualTo(shown);
    }

    @Test
    void theRepositoryHasRoutesToLookAt() {
        assertThat(REPOSITORY.routes()).isNotEmpty();
        assertThat(REPOSITORY.sql()).isNotEmpty();
        assertThat(REPOSITORY.java()).isNotEmpty();
    }

    static Stream<Example> examples() {
        return Stream.of(
                tea(RouteConvention.FIRST_ROUTE_BEARS_THE_FILE_NAME, "id: tea-brew\n", "id: tea-cook\n"),
                tea(RouteConvention.ROUTE_HAS_AN_ID, "    id: tea-serve\n", ""),
                tea(RouteConvention.ROUTE_HAS_A_DESCRIPTION, "    description: Serves the tea.\n", ""),
                tea(RouteConvention.ROUTE_HAS_A_DESCRIPTION, "Serves the tea.", "Serves the tea"),
                tea(RouteConvention.ROUTE_HAS_A_DESCRIPTION, "Serves the tea.", "Serves the tea. Then waits."),
                tea(RouteConvention.ROUTE_NAMES_ITS_ERROR_HANDLING, "    routeConfigurationId: step\n", ""),
                tea(
                        RouteConvention.ROUTE_NAMES_ITS_ERROR_HANDLING,
                        "routeConfigurationId: step",
                        "routeConfigurationId: steps"),
                tea(RouteConvention.IDS_ARE_KEBAB_CASE, "tea-each-leaf", "teaEachLeaf"),
                tea(RouteConvention.IDS_ARE_KEBAB_CASE, "uri: direct:tea-brew", "uri: direct:teaBrew"),
                tea(RouteConvention.QUEUE_HAS_ONE_CONSUMER, "uri: \"seda:tea-serve\"", "uri: \"seda:tea-pour\""),
                tea(RouteConvention.QUEUE_HAS_ONE_CONSUMER, "uri: direct:tea-brew", "uri: seda:tea-serve"),
                java(RouteConvention.QUEUE_HAS_ONE_CONSUMER, "template.sendBody(\"direct:tea-pour\", tea);"),
                tea(RouteConvention.OPERATION_HAS_ONE_ROUTE, "uri: direct:tea-brew", "uri: direct:tea-cook"),
                java(RouteConvention.OPERATION_HAS_ONE_ROUTE, "from(\"direct:tea-brew\").to(\"direct:tea-brew\");"),
                tea(RouteConvention.STEP_HAS_AN_ID, "id: tea-store, ", ""),
                tea(RouteConvention.STEP_HAS_AN_ID, "id: from-tea-serve, ", ""),
                tea(
                        RouteConvention.STEP_HAS_AN_ID,
                        "{ id: tea-store, uri: \"sql:classpath:sql/tea/tea-insert.sql\" }",
                        "direct:tea-brew"),
                tea(RouteConvention.STEP_ID_IS_UNIQUE, "id: tea-store", "id: tea-water"),
                tea(RouteConvention.SEDA_HAS_A_SIZE, "parameters: { size: \"10\" }, ", ""),
                tea(RouteConvention.HTTP_IS_GUARDED, ", parameters: { httpClientConfigurer: \"#outbound\" }", ""),
                tea(
                        RouteConvention.HTTP_IS_GUARDED,
                        "to: { id: tea-store, uri: \"sql",
                        "toD: { id: tea-store, uri: \"${variable.url}"),
                tea(
                        RouteConvention.REDELIVERIES_ARE_COUNTED,
                        "to: { id: tea-store, uri: \"sql:classpath:sql/tea/tea-insert.sql\" }",
                        "removeHeaders: { id: tea-store, pattern: \"*\" }"),
                tea(RouteConvention.SPLIT_TAKES_AN_ARRAY, "[.leaves[] | .name]", ".leaves[] | .name"),
                tea(RouteConvention.SPLIT_TAKES_AN_ARRAY, "[.leaves[] | .name]", ".pots[0].leaves[]"),
                tea(RouteConvention.SQL_IS_USED, "tea-insert.sql", "tea-insert-all.sql"),
                sql(RouteConvention.SQL_SAYS_WHAT_IT_IS_FOR, "-- Stores a tea, even one that isn't hot.\n", ""),
                sql(RouteConvention.SQL_TAKES_PARAMETERS, "'fresh'", "'${variable.state}'"),
                sql(RouteConvention.SQL_TAKES_PARAMETERS, "'fresh'", "':#${variable.state}'"),
                sql(RouteConvention.SQL_TAKES_PARAMETERS, ":#${variable.tea[name]}", "${variable.tea[name]}"),
                tea(
                        RouteConvention.NO_CODE_IN_YAML,
                        "to: { id: tea-store, uri: \"sql:classpath:sql/tea/tea-insert.sql\" }",
                        "script: { id: tea-store, expression: { groovy: { expression: \"1\" } } }"),
                tea(
                        RouteConvention.ROUTES_ARE_CALLED_BY_STEPS,
                        "to: { id: tea-store, uri: \"sql:classpath:sql/tea/tea-insert.sql\" }",
                        "setBody: { id: tea-store, expression: { method: { ref: calls, method: \"one('direct:tea-serve')\" } } }"),
                tea(
                        RouteConvention.BEANS_ARE_STEPS,
                        "to: { id: tea-store, uri: \"sql:classpath:sql/tea/tea-insert.sql\" }",
                        "setBody: { id: tea-store, expression: { method: { ref: teas, method: brew } } }"),
                tea(
                        RouteConvention.FEW_STEPS_SET_VARIABLES,
                        "to: { id: tea-store, uri: \"sql:classpath:sql/tea/tea-insert.sql\" }",
                        "setVariable: { id: tea-store, name: leaf, expression: { simple: { expression: \"${body}\" } } }"),
                new Example(
                        RouteConvention.ROUTE_IS_SHORT,
                        GOOD.withRoute(
                                "routes/tea/tea-long.camel.yaml",
                                POUR.replace("steps: []", "steps:\n" + "      - log: { message: Tea. }\n".repeat(13)))),
                new Example(
                        RouteConvention.FILE_IS_SHORT,
                        GOOD.withRoute("routes/tea/tea-long.camel.yaml", "# Tea.\n".repeat(151))),
                new Example(
                        RouteConvention.DIRECT_ROUTE_SAYS_ITS_SIGNATURE,
                        GOOD.withRoute("routes/tea/tea-pour.camel.yaml", POUR)),
                tea(RouteConvention.SIGNATURE_NAMES_WHAT_IS_READ, "variable tea", "the tea"),
                tea(
                        RouteConvention.SIGNATURE_NAMES_WHAT_IS_READ,
                        "# in: the order, variable tea (its name) · out: nothing",
                        ""),
                tea(RouteConvention.SIGNATURE_NAMES_WHAT_IS_READ, "out: nothing", "out: variable tea"),
                new Example(
                        RouteConvention.SIGNATURE_NAMES_WHAT_IS_READ,
                        GOOD.withRoute(
                                "routes/tea/tea-pour.camel.yaml",
                                POUR.replace(
                                        "id: tea-pour\n", "id: tea-pour\n    # in: variable tea · out: nothing\n"))));
    }

    private static Example tea(RouteConvention breaks, String good, String bad) {
        String path = "routes/tea/tea-brew.camel.yaml";
        return new Example(breaks, GOOD.withRoute(path, replace(GOOD.routes().getOrDefault(path, ""), good, bad)));
    }

    private static Example sql(RouteConvention breaks, String good, String bad) {
        String path = "sql/tea/tea-insert.sql";
        return new Example(breaks, GOOD.withSql(path, replace(GOOD.sql().getOrDefault(path, ""), good, bad)));
    }

    private static Example java(RouteConvention breaks, String text) {
        return new Example(breaks, GOOD.withJava("tea/Tea.java", text));
    }

    private static String replace(String text, String good, String bad) {
        assertThat(text).contains(good);
        return text.replace(good, bad);
    }
}
