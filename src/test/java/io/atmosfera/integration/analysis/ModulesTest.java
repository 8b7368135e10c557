package io.atmosfera.integration.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.analysis.Declarations.Found;
import java.util.List;
import java.util.stream.Stream;
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

    private static Found unread(String path) {
        return new Found(path, String.valueOf(RepositoryPaths.facts(path, false).tool()), null);
    }

    private static String pom(String artifact, String more) {
        return "<project><groupId>org.acme</groupId><artifactId>" + artifact + "</artifactId>" + more + "</project>";
    }

    private static List<String> paths(JsonNode node) {
        return node.path("modules").findValuesAsText("path");
    }

    @Test
    void modulesAreThoseThatTheBuildDeclares() {
        assertThat(paths(architecture(
                        read("pom.xml", pom("all", "<modules><module>cup</module><module>tests</module></modules>")),
                        read("cup/pom.xml", pom("cup", "")),
                        read("tests/pom.xml", pom("tests", "<modules><module>it</module></modules>")),
                        read("tests/it/pom.xml", pom("it", "")),
                        read("examples/one/pom.xml", pom("one", "")))))
                .as("what is below tests counts, what no pom names does not")
                .containsExactly("", "cup", "tests", "tests/it");
        assertThat(paths(architecture(
                        read("package.json", "{\"name\": \"all\"}"),
                        read("pnpm-workspace.yaml", "packages: ['packages/**', '!**/old']"),
                        read("packages/a/package.json", "{}"),
                        read("packages/b/old/package.json", "{}"),
                        read("docs/package.json", "{}"))))
                .containsExactly("", "packages/a");
        assertThat(paths(architecture(
                        read("go.work", "use (\n\t.\n\t./api\n)"),
                        read("go.mod", "module acme/tea"),
                        read("api/go.mod", "module acme/tea/api"),
                        read("tools/go.mod", "module acme/tools"))))
                .containsExactly("", "api");
        assertThat(paths(architecture(
                        read("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]"),
                        read("crates/a/Cargo.toml", "[package]\nname = \"a\""),
                        read("fuzz/Cargo.toml", "[package]\nname = \"fuzz\""))))
                .as("a workspace alone is no package")
                .containsExactly("crates/a");
        assertThat(paths(architecture(
                        read("Tea.sln", "Project(\"{1}\") = \"Cup\", \"Cup\\Cup.csproj\", \"{2}\""),
                        read("Cup/Cup.csproj", "<Project/>"),
                        read("Old/Old.csproj", "<Project/>"))))
                .containsExactly("Cup");
    }

    @Test
    void gradleNamesProjectsThatHaveNoFileOfTheirOwn() {
        JsonNode node = architecture(
                read("settings.gradle", "include 'cup', 'pot'"),
                read("build.gradle", ""),
                read("cup/cup.gradle", "dependencies { api 'a:b:1' }"),
                read("buildSrc/build.gradle", ""),
                read("samples/build.gradle", ""));

        assertThat(paths(node)).containsExactly("", "buildSrc", "cup", "pot");
        assertThat(node.path("modules").path(2).path("externalCount").asInt()).isEqualTo(1);
        assertThat(node.path("modules").path(3).path("read").asBoolean(true)).isFalse();
        assertThat(paths(architecture(
                        read("settings.gradle", "file('x').eachDir { include it.name }"),
                        read("x/a/build.gradle", ""))))
                .containsExactly("x/a");
    }

    @Test
    void ofWhatWasNotReadNothingIsSaid() {
        JsonNode node = architecture(unread("pom.xml"), unread("cup/pom.xml"));

        assertThat(node.path("style").asText()).isEqualTo("multi-module");
        assertThat(node.path("why").asText()).contains("were not read");
        assertThat(node.path("read").asBoolean(true)).isFalse();
        JsonNode module = node.path("modules").path(1);
        assertThat(module.path("read").asBoolean(true)).isFalse();
        assertThat(module.properties())
                .extracting(java.util.Map.Entry::getKey)
                .containsExactly("name", "path", "tool", "read");

        JsonNode some = architecture(
                read("pom.xml", pom("all", "<modules><module>cup</module></modules>")),
                read("cup/pom.xml", pom("cup", "")),
                unread("pot/pom.xml"));
        assertThat(paths(some)).as("an unread pom may declare more").containsExactly("", "cup", "pot");
        assertThat(some.path("modules").path(1).path("externalCount").asInt(-1)).isZero();
        assertThat(some.path("why").asText()).contains("3 modules 2 were read");
    }

    @Test
    void propertiesAndScopesComeFromParents() {
        JsonNode node = architecture(
                read(
                        "pom.xml",
                        pom(
                                "all",
                                "<version>${revision}</version><properties><revision>7.1</revision><boot>org.springframework.boot</boot>"
                                        + "</properties><modules><module>cup</module></modules>"
                                        + "<dependencyManagement><dependencies><dependency><groupId>org.acme</groupId>"
                                        + "<artifactId>kit</artifactId><scope>test</scope></dependency></dependencies></dependencyManagement>")),
                read(
                        "cup/pom.xml",
                        "<project><parent><groupId>org.acme</groupId><artifactId>all</artifactId><version>${revision}</version></parent>"
                                + "<artifactId>cup-${kind}</artifactId><properties><kind>big</kind></properties><dependencies>"
                                + "<dependency><groupId>${boot}</groupId><artifactId>spring-boot-starter-test</artifactId><scope>test</scope>"
                                + "</dependency><dependency><groupId>org.acme</groupId><artifactId>kit</artifactId></dependency>"
                                + "<dependency><groupId>org.other</groupId><artifactId>x-${nobody.knows}</artifactId></dependency>"
                                + "</dependencies></project>"));

        JsonNode cup = node.path("modules").path(1);
        assertThat(cup.path("name").asText()).isEqualTo("cup-big");
        assertThat(cup.path("version").asText()).isEqualTo("7.1");
        assertThat(cup.path("external")).hasSize(1);
        assertThat(cup.path("testExternal").toString())
                .contains("org.springframework.boot:spring-boot-starter-test", "org.acme:kit");
        assertThat(cup.path("testExternalCount").asInt()).isEqualTo(2);
        assertThat(node.path("frameworks"))
                .as("what only tests need makes no application of Spring Boot")
                .isEmpty();
    }

    @Test
    void pomsThatAreEachOthersParentsComeToAnEnd() {
        JsonNode node = architecture(
                read("a/pom.xml", pom("a", "<parent><groupId>org.acme</groupId><artifactId>b</artifactId></parent>")),
                read(
                        "b/pom.xml",
                        pom(
                                "b",
                                "<parent><groupId>org.acme</groupId><artifactId>a</artifactId></parent>"
                                        + "<properties><x>${y}</x><y>${x}</y></properties><version>${x}</version>")));

        assertThat(node.path("modules")).hasSize(2);
        assertThat(node.path("modules").path(1).has("version")).isFalse();
    }

    @Test
    void testFrameworksCountInAnyScope() {
        JsonNode node = architecture(read(
                "package.json",
                "{\"devDependencies\": {\"vitest\": \"1\", \"react\": \"1\"}, \"dependencies\": {\"vue\": \"3\"}}"));

        assertThat(node.path("frameworks").findValuesAsText("name")).containsExactly("Vue", "Vitest");
    }

    @Test
    void aCatalogueNamesLibraries() {
        JsonNode node = architecture(
                read("gradle/libs.versions.toml", "[libraries]\nweb = \"org.springframework.boot:starter:3\""),
                read("build.gradle.kts", "dependencies { implementation(libs.web) }"));

        assertThat(node.path("modules").path(0).path("external").path(0).asText())
                .isEqualTo("org.springframework.boot:starter");
        assertThat(node.path("frameworks").path(0).path("name").asText()).isEqualTo("Spring Boot");
    }

    private static FileRow file(String path, String language, String... declared) {
        return new FileRow(path, 1, PathFacts.SOURCE, language, false, null, 0, 0, 0, 0, 0, 0, List.of(declared));
    }

    private static String[] used(String family, String text) {
        return Stream.concat(Imports.of(family, text).stream(), Imports.ofSamePackage(family, text).stream())
                .toArray(String[]::new);
    }

    @Test
    void aTestOfTheSamePackageNeedsNoImport() {
        TestEstimate estimate = new TestEstimate();
        estimate.importedBy(
                "src/test/java/a/b/AllTest.java",
                "jvm",
                used(
                        "jvm",
                        """
                        package a.b;
                        import a.c.*;
                        /** Not of {@link Saucer}. */
                        class AllTest { Tea tea = new Tea("Milk"); Pot pot; }"""));

        assertThat(estimate.add(file("src/main/java/a/b/Tea.java", "Java"), null))
                .isTrue();
        assertThat(estimate.add(file("src/main/java/a/c/Pot.java", "Java"), null))
                .isTrue();
        assertThat(estimate.add(file("src/main/java/a/b/Milk.java", "Java"), null))
                .as("a text is no use")
                .isFalse();
        assertThat(estimate.add(file("src/main/java/a/b/Saucer.java", "Java"), null))
                .isFalse();
        assertThat(estimate.add(file("src/main/java/a/d/Tea.java", "Java"), null))
                .isFalse();
    }

    @Test
    void packagesOfGoAreImported() {
        Architecture modules = new Architecture(
                JSON,
                "octo/tea",
                List.of(read("go.mod", "module acme.org/tea"), read("x/go.mod", "module acme.org/x")));
        assertThat(modules.goPackage("main.go")).isEqualTo("acme.org/tea");
        assertThat(modules.goPackage("cup/pour.go")).isEqualTo("acme.org/tea/cup");
        assertThat(modules.goPackage("x/y/z.go")).isEqualTo("acme.org/x/y");

        TestEstimate estimate = new TestEstimate();
        estimate.importedBy(
                "it/all_test.go",
                "go",
                used(
                        "go",
                        "package it\n\nimport (\n\t\"testing\"\n\tc \"acme.org/tea/cup\"\n)\nfunc TestAll(t *testing.T) {}\n"));
        estimate.importedBy(
                "pot/fill_test.go", "go", used("go", "package pot\n\nfunc TestFill(t *testing.T) { Boil() }\n"));

        assertThat(estimate.add(file("cup/pour.go", "Go"), "acme.org/tea/cup")).isTrue();
        assertThat(estimate.add(file("cap/pour.go", "Go"), "acme.org/tea/cap")).isFalse();
        assertThat(estimate.add(file("pot/boil.go", "Go", "Boil"), "acme.org/tea/pot"))
                .isTrue();
        assertThat(estimate.add(file("pot/cool.go", "Go", "Cool"), "acme.org/tea/pot"))
                .isFalse();
        assertThat(estimate.add(file("cool/boil.go", "Go", "Boil"), null)).isFalse();
        assertThat(
                        Imports.declared(
                                "go",
                                "package a\nfunc Boil() {}\nfunc (p Pot) Fill() {}\ntype Pot struct{}\nfunc main() {}\n// func Gone() {}\n"))
                .containsExactly("Boil", "Pot");
    }

    @Test
    void whatNoSyncHasReadIsLeftOut() throws Exception {
        JsonNode facts =
                JSON.readTree("{\"branches\": false, \"commits\": false, \"pulls\": false, \"releases\": false}");
        ObjectNode activity =
                (ObjectNode) JSON.readTree("{\"commits\": 0, \"weeks\": [], \"pulls\": {}, \"releases\": {}}");
        History history = new History(facts, activity);
        ObjectNode answer = JSON.createObjectNode();
        history.put(answer);
        history.limit(activity);

        assertThat(answer.path("history").path("complete").asBoolean(true)).isFalse();
        assertThat(answer.path("history").path("why").asText())
                .startsWith("Not read yet: branches, commits, pull requests and releases.");
        assertThat(activity).isEmpty();

        JsonNode left = JSON.readTree(
                "{\"branches\": true, \"commits\": true, \"pulls\": true, \"releases\": true, \"left\": 1}");
        new History(left, activity).put(answer);
        assertThat(answer.path("history").path("why").asText()).startsWith("Older commits");
        assertThat(Branching.node(JSON.createObjectNode(), activity, false)
                        .path("why")
                        .asText())
                .isEqualTo("The branches were not read yet.");
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
        JsonNode node = Branching.node((ObjectNode) JSON.readTree(facts), pulls, true);
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
