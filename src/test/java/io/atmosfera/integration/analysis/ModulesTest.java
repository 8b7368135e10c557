package io.atmosfera.integration.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.analysis.Architecture.Found;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How modules depend on each other, what is imported, and how a team branches. */
class ModulesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static Found read(String path, String text) {
        return new Found(path, String.valueOf(RepositoryPaths.facts(path, false).tool()), BuildFiles.read(path, text));
    }

    private static JsonNode architecture(Found... files) {
        return new Architecture(JSON, "octo/tea", List.of(files)).node();
    }

    @Test
    void gradleProjectsAreFoundByTheirPath() {
        JsonNode node = architecture(
                read("settings.gradle", "include 'cup', 'web'"),
                read("cup/build.gradle", ""),
                read("web/build.gradle", "dependencies { api project(':cup') }"));

        assertThat(node.path("style").asText()).isEqualTo("multi-module");
        assertThat(node.path("modules").path(1).path("dependsOn").path(0).asText())
                .isEqualTo("cup");
    }

    @Test
    void packagesOfAWorkspaceAreFoundByTheirName() {
        JsonNode node = architecture(
                read("package.json", "{\"name\": \"all\", \"workspaces\": [\"packages/*\"]}"),
                read("packages/a/package.json", "{\"name\": \"@t/a\", \"dependencies\": {\"react\": \"1\"}}"),
                read("packages/b/package.json", "{\"name\": \"@t/b\", \"dependencies\": {\"@t/a\": \"*\"}}"));

        assertThat(node.path("style").asText()).isEqualTo("multi-module");
        assertThat(node.path("modules").path(2).path("dependsOn").path(0).asText())
                .isEqualTo("@t/a");
        assertThat(node.path("modules").path(2).path("externalCount").asInt()).isZero();
        assertThat(node.path("frameworks").path(0).path("from").asText()).isEqualTo("react");
    }

    @Test
    void modulesOfSeveralToolsSideBySideAreAMonorepo() {
        JsonNode node = architecture(
                read("api/go.mod", "module acme/api"), read("web/package.json", "{}"), read("ml/pyproject.toml", ""));

        assertThat(node.path("style").asText()).isEqualTo("monorepo");
        assertThat(node.path("tools")).hasSize(3);
        assertThat(architecture().path("style").asText()).isEqualTo("unknown");
        assertThat(architecture(read("Cargo.toml", "")).path("style").asText()).isEqualTo("single-module");
    }

    @Test
    void foldersLeadToModules() {
        JsonNode node = architecture(
                read("Core/Core.csproj", "<Project/>"),
                read(
                        "Web/Web.csproj",
                        "<Project><I><ProjectReference Include=\"..\\Core\\Core.csproj\"/></I></Project>"),
                read("tools/a/Cargo.toml", "[dependencies]\nb = { path = \"../b\" }\nc = { path = \"../../../..\" }"),
                read("tools/b/Cargo.toml", "[package]\nname = \"b\""));

        assertThat(node.path("modules").path(1).path("dependsOn").path(0).asText())
                .isEqualTo("Core");
        assertThat(node.path("modules").path(2).path("dependsOn")).hasSize(1);
    }

    @Test
    void importsNameSources() {
        assertThat(Imports.of("jvm", "package a;\nimport static a.b.Tea.cup;\nimport a.c.*;\nclass X {}"))
                .containsExactly("a.b.Tea.cup", "a.c");
        assertThat(Imports.meant("jvm", "x", "a.b.Tea.cup")).contains("a.b.Tea");
        assertThat(Imports.names("jvm", "core/src/main/java/a/b/Tea.java")).containsExactly("a.b.Tea");
        assertThat(Imports.of("js", "import x from '../tea'; const y = require(\"./cup/index.js\"); import 'react'"))
                .containsExactly("../tea", "./cup/index.js");
        assertThat(Imports.meant("js", "web/tests/a.test.ts", "../tea")).contains("web/tea");
        assertThat(Imports.names("js", "web/tea/index.ts")).contains("web/tea");
        assertThat(Imports.of("py", "from shop.tea import cup, pot\nimport os.path\n"))
                .containsExactly("shop.tea", "shop.tea.cup", "shop.tea.pot", "os.path");
        assertThat(Imports.names("py", "src/shop/tea.py")).contains("shop.tea");
        assertThat(Imports.of("go", "import \"fmt\"")).isEmpty();
    }

    private static String strategy(String facts, int merged) throws Exception {
        JsonNode pulls = JSON.createObjectNode().put("merged", merged);
        JsonNode node = Branching.node((ObjectNode) JSON.readTree(facts), pulls);
        assertThat(node.path("why").asText()).endsWith(".");
        return node.path("strategy").asText();
    }

    @Test
    void aStrategyIsRecognisedByBranchesAndPullRequests() throws Exception {
        assertThat(strategy("{\"branches\": 0}", 0)).isEqualTo("unknown");
        assertThat(strategy("{\"branches\": 3, \"main\": \"main\", \"develop\": \"develop\"}", 9))
                .isEqualTo("git-flow");
        assertThat(strategy("{\"branches\": 4, \"main\": \"main\", \"releases\": 3, \"release\": \"release/3\"}", 9))
                .isEqualTo("release-branches");
        assertThat(strategy("{\"branches\": 4, \"main\": \"main\"}", 9)).isEqualTo("github-flow");
        assertThat(strategy("{\"branches\": 1, \"main\": \"main\"}", 0)).isEqualTo("trunk");
        assertThat(strategy("{\"branches\": 9, \"main\": \"main\", \"others\": 8}", 0))
                .isEqualTo("unknown");
    }
}
