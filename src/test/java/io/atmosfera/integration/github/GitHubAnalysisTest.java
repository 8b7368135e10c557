package io.atmosfera.integration.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.atmosfera.integration.Answer;
import io.atmosfera.integration.github.StandInGitHub.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said of a repository is what git itself says, at little cost, and reads each content once. */
class GitHubAnalysisTest extends GitHubSupport {

    private static final Duration LIMIT = Duration.ofSeconds(40);

    private static final String POM =
            """
            <!DOCTYPE project [<!ENTITY leak SYSTEM "file:///etc/passwd"><!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>
            <project><groupId>org.acme</groupId><artifactId>%s</artifactId><version>1.2</version>%s
            <description>&leak;&b;</description></project>""";

    private final GitHistory history = GitHistory.withFolders();
    private final AnalysisApi api = new AnalysisApi(history, github);

    @AfterEach
    void close() {
        history.close();
    }

    /** Two Maven modules, tests, and what is neither source nor test. */
    private String project(String message) {
        Map<String, @Nullable String> files = new HashMap<>();
        files.put("pom.xml", POM.formatted("root", "<modules><module>core</module><module>web</module></modules>"));
        files.put("core/pom.xml", POM.formatted("core", ""));
        files.put(
                "web/pom.xml",
                POM.formatted(
                        "web",
                        """
                        <dependencies><dependency><groupId>org.acme</groupId><artifactId>core</artifactId></dependency>
                        <dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId>
                        </dependency></dependencies>"""));
        files.put(
                "core/src/main/java/org/acme/Tea.java",
                "class Tea { int cups(int n) { return n > 1 && n < 9 ? n : 1; } }");
        files.put("core/src/main/java/org/acme/Milk.java", "class Milk {}");
        files.put("core/src/test/java/org/acme/TeaTest.java", "import org.acme.Tea; class TeaTest {}");
        files.put("web/src/main/java/org/acme/web/Door.java", "class Door { this is no Java }");
        files.put("web/src/main/java/org/acme/web/Kettle.java", "class Kettle {}");
        files.put(
                "web/src/test/java/org/acme/web/AllOfItTests.java",
                "import org.acme.web.Kettle; class AllOfItTests {}");
        files.put("web/src/main/webapp/app.min.js", "x".repeat(1_000_000));
        files.put("web/node_modules/left-pad/index.js", "module.exports = 1");
        files.put("package-lock.json", "{}");
        files.put("README.md", "# Tea");
        return history.commit("main", message, files);
    }

    private long connectedTo(@Nullable String depth) {
        long project = project();
        ObjectNode config = config().put("repository", "octo/history");
        if (depth != null) {
            config.put("analysisDepth", depth);
        }
        Answer saved = configure(project, config);
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);
        return project;
    }

    private JsonNode synced(long project) {
        return synced(project, "incremental");
    }

    private JsonNode synced(long project, String type) {
        github.requests().clear();
        Answer started = await().atMost(LIMIT)
                .until(
                        () -> post(
                                "/api/projects/" + project + "/github-sync", ADMIN, "{\"syncType\": \"" + type + "\"}"),
                        answer -> answer.status() != 409);
        String log = "/api/projects/" + project + "/github-sync-logs/"
                + started.json().path("syncId").asLong();
        await().atMost(LIMIT)
                .until(() -> !get(log).json().path("status").asText().equals("running"));
        for (JsonNode stream : get(log).json().path("streams")) {
            if (stream.path("name").asText().equals("analysis")) {
                assertThat(stream.path("state").asText()).as(stream.toString()).isEqualTo("completed");
                return stream;
            }
        }
        throw new AssertionError(get(log).text());
    }

    private JsonNode analysis(long project) {
        Answer answer = get("/api/projects/" + project + "/github-analysis");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private List<String> asked() {
        return github.lines().stream()
                .filter(line -> line.contains("/git/") || line.contains("/languages"))
                .map(line -> line.replaceFirst(".*octo/history", ""))
                .toList();
    }

    private static List<String> texts(JsonNode array, String field) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(item -> item.path(field).asText())
                .toList();
    }

    private static JsonNode one(JsonNode array, String field, String value) {
        return StreamSupport.stream(array.spliterator(), false)
                .filter(item -> item.path(field).asText().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError(value + " is not in " + array));
    }

    private void isThatOfGit(JsonNode structure, String head) {
        List<String> listed = api.listed(head);
        assertThat(structure.path("files").asInt()).isEqualTo(listed.size());
        assertThat(structure.path("directories").asInt()).isEqualTo(api.folders(head));
        assertThat(structure.path("bytes").asLong())
                .isEqualTo(listed.stream()
                        .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                        .sum());
    }

    @Test
    void aShallowAnalysisIsThatOfGitAndTakesOneTree() {
        String head = project("Brew tea");
        long project = connectedTo(null);

        JsonNode stream = synced(project);

        assertThat(asked()).containsExactlyInAnyOrder("/languages", "/git/trees/" + head + "?recursive=1");
        assertThat(stream.path("processed").asInt()).isEqualTo(13);
        assertThat(stream.path("created").asInt()).isEqualTo(13);
        JsonNode analysis = analysis(project);
        assertThat(analysis.path("repository").asText()).isEqualTo("octo/history");
        assertThat(analysis.path("commitSha").asText()).isEqualTo(head);
        assertThat(analysis.path("depth").asText()).isEqualTo("shallow");
        assertThat(analysis.path("languages").path("Java").asInt()).isEqualTo(4711);
        assertThat(analysis.has("changes")).isFalse();
        JsonNode structure = analysis.path("structure");
        isThatOfGit(structure, head);
        assertThat(structure.path("truncated").asBoolean()).isFalse();
        assertThat(texts(structure.path("modules"), "path")).containsExactly("", "core", "web");
        assertThat(one(structure.path("modules"), "path", "core").path("files").asInt())
                .isEqualTo(4);
        assertThat(texts(structure.path("sourceRoots"), "path"))
                .containsExactlyInAnyOrder("core/src/main/java", "web/src/main/java");
        assertThat(texts(structure.path("testRoots"), "path"))
                .containsExactlyInAnyOrder("core/src/test/java", "web/src/test/java");
        assertThat(texts(structure.path("buildFiles"), "path"))
                .containsExactly("core/pom.xml", "pom.xml", "web/pom.xml");
        assertThat(texts(structure.path("largestFiles"), "path"))
                .as("what nobody here has written is no file of theirs")
                .doesNotContain("web/src/main/webapp/app.min.js", "package-lock.json")
                .hasSize(10);
        assertThat(structure.path("leftOut").path("generated").asInt()).isEqualTo(2);
        assertThat(structure.path("leftOut").path("vendored").asInt()).isEqualTo(1);
        JsonNode core = one(structure.path("modules"), "path", "core");
        assertThat(core.path("read").asBoolean(true)).isFalse();
        assertThat(core.has("externalCount")).isFalse();
        assertThat(analysis.path("history").path("complete").asBoolean()).isTrue();
        assertThat(structure.path("mostChangedFiles")).isNotEmpty();
        assertThat(structure.path("ownership").path(0).path("share").asDouble()).isEqualTo(1);
        JsonNode parts = analysis.path("analysis");
        assertThat(parts.path("complexity").path("method").asText()).isEqualTo("estimated");
        assertThat(parts.path("complexity").path("hotspots")).hasSize(4);
        JsonNode tests = parts.path("testCoverage");
        assertThat(tests.path("method").asText()).isEqualTo("naming");
        assertThat(tests.path("sourceFiles").asInt()).isEqualTo(4);
        assertThat(tests.path("testFiles").asInt()).isEqualTo(2);
        assertThat(tests.path("estimatedPercent").asDouble()).isEqualTo(25);
        assertThat(texts(tests.path("untested"), "path")).doesNotContain("core/src/main/java/org/acme/Tea.java");
        assertThat(parts.path("architecture").path("style").asText()).isEqualTo("multi-module");
        JsonNode web = one(parts.path("architecture").path("modules"), "path", "web");
        assertThat(web.path("read").asBoolean(true)).isFalse();
        assertThat(web.has("dependsOn") || web.has("external") || web.has("externalCount"))
                .as("what was not read is not none: " + web)
                .isFalse();
        assertThat(parts.path("activity").path("weeks")).hasSize(26);
        assertThat(parts.path("activity").path("commits").asInt()).isEqualTo(1);
        assertThat(parts.path("branching").path("strategy").asText()).isEqualTo("trunk");
        assertThat(analysis.toString()).doesNotContain("null");
    }

    @Test
    void whereNothingMovedOneConditionalRequestTells() {
        project("Brew tea");
        long project = connectedTo(null);
        synced(project);
        synced(project);
        String before = analysis(project).toString();

        JsonNode stream = synced(project);

        assertThat(asked()).containsExactly("/languages");
        assertThat(github.requests().stream()
                        .filter(request -> request.line().contains("/languages"))
                        .map(request -> request.header("If-None-Match")))
                .doesNotContainNull();
        assertThat(stream.path("requests").asInt()).isEqualTo(1);
        assertThat(analysis(project).toString()).isEqualTo(before);
    }

    @Test
    void whoAsksFirstGetsAnAnalysisAtOnce() {
        String head = project("Brew tea");
        long project = connectedTo("deep");

        JsonNode analysis = analysis(project);

        // A probe may ask for the repository itself at any time.
        assertThat(github.lines()).contains("GET /repos/octo/history");
        assertThat(github.lines())
                .filteredOn(line -> line.contains("octo/history/"))
                .containsExactly(
                        "GET /repos/octo/history/commits?per_page=1",
                        "GET /repos/octo/history/languages",
                        "GET /repos/octo/history/git/trees/" + head + "?recursive=1");
        isThatOfGit(analysis.path("structure"), head);
        assertThat(analysis.path("depth").asText()).isEqualTo("shallow");
        assertThat(analysis.path("history").path("complete").asBoolean(true)).isFalse();
        assertThat(analysis.path("history").path("why").asText()).contains("branches, commits, pull requests");
        assertThat(analysis.path("analysis").path("activity")).isEmpty();
        assertThat(analysis.path("analysis").path("branching").has("branches")).isFalse();
        assertThat(analysis.path("structure").has("ownership")).isFalse();
        assertThat(analysis.path("analysis")
                        .path("complexity")
                        .path("hotspots")
                        .path(0)
                        .has("changes"))
                .isFalse();
        github.requests().clear();
        assertThat(analysis(project)).isEqualTo(analysis);
        Answer named = get("/api/projects/" + project + "/github-analysis?repository=Octo%2FHistory");
        assertThat(named.json()).isEqualTo(analysis);
        assertThat(github.lines()).noneMatch(line -> line.contains("octo/history/"));
    }

    @Test
    void ofAllWhoAskFirstOneHasItMade() throws Exception {
        String head = project("Brew tea");
        long project = connectedTo(null);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch gate = new CountDownLatch(1);
        github.on("GET /repos/octo/history/languages", request -> {
            asked.countDown();
            try {
                assertThat(gate.await(LIMIT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
                        .isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Reply.json("{\"Java\": 1}");
        });
        String path = "/api/projects/" + project + "/github-analysis";
        CompletableFuture<Answer> first = CompletableFuture.supplyAsync(() -> get(path));
        assertThat(asked.await(LIMIT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS))
                .isTrue();

        Answer second = get(path);
        gate.countDown();

        assertThat(second.status()).as(second.text()).isEqualTo(503);
        assertThat(second.header("Retry-After")).isNotEmpty();
        assertThat(first.get(LIMIT.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                        .status())
                .isEqualTo(200);
        assertThat(asked()).contains("/git/trees/" + head + "?recursive=1").hasSize(2);
    }

    @Test
    void whereItCannotBeMadeTheAnswerSaysWhy() {
        project("Brew tea");
        String nothing = "/api/projects/" + project() + "/github-analysis";
        assertThat(get(nothing).status()).isEqualTo(404);
        long project = connectedTo(null);
        String path = "/api/projects/" + project + "/github-analysis";
        assertThat(get(path + "?repository=octo/other").status()).isEqualTo(404);

        github.on("GET /repos/octo/history/languages", Reply.status(500, "Server Error"));
        Answer broken = get(path);
        assertThat(broken.status()).as(broken.text()).isEqualTo(503);
        assertThat(broken.header("Retry-After")).isEqualTo("3");
        assertThat(broken.text()).contains("GitHub answered with an error of its own");

        github.on(
                "GET /repos/octo/history/languages",
                Reply.status(403, "API rate limit exceeded")
                        .with("X-RateLimit-Remaining", "0")
                        .with("Retry-After", "77"));
        Answer limited = get(path);
        assertThat(limited.status()).as(limited.text()).isEqualTo(503);
        assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(60, 90);
        patienceIsForgotten(project);

        github.on("GET /repos/octo/history/languages", Reply.json("{}"));
        api.fail("/git/trees/", new Reply(200, "<html>", Map.of()));
        Answer strange = get(path);
        assertThat(strange.status()).as(strange.text()).isEqualTo(502);
        assertThat(strange.text()).doesNotContain("Exception", "at io.");

        github.close();
        Answer refused = get(path);
        assertThat(refused.status()).as(refused.text()).isEqualTo(503);
        assertThat(refused.text()).doesNotContain("Exception");
    }

    @Test
    void aListThatIsCutOffIsWalkedFolderByFolder() {
        String head = project("Brew tea");
        api.cutOffAt(7);
        long project = connectedTo(null);

        JsonNode stream = synced(project);

        assertThat(asked()).contains("/git/trees/" + head + "?recursive=1", "/git/trees/" + head);
        assertThat(stream.path("processed").asInt()).isEqualTo(13);
        JsonNode structure = analysis(project).path("structure");
        isThatOfGit(structure, head);
        assertThat(structure.path("truncated").asBoolean()).isFalse();
    }

    @Test
    void aTreeThatTakesTooManyRequestsIsSaidToBeTruncated() {
        Map<String, @Nullable String> files = new HashMap<>();
        for (int i = 0; i < 60; i++) {
            files.put("folder" + i + "/a.txt", "a");
        }
        history.commit("main", "Many folders", files);
        api.cutOffAt(7);
        long project = connectedTo(null);

        synced(project);

        assertThat(analysis(project).path("structure").path("truncated").asBoolean())
                .isTrue();
        assertThat(asked().size()).isBetween(20, 45);
    }

    @Test
    void anEmptyRepositoryHasAnAnalysisOfZeros() {
        api.beEmpty();
        long project = connectedTo(null);

        JsonNode analysis = analysis(project);

        assertThat(analysis.has("commitSha")).isFalse();
        assertThat(analysis.path("structure").path("files").asInt(-1)).isZero();
        assertThat(analysis.path("structure").path("modules").isArray()).isTrue();
        assertThat(analysis.path("analysis")
                        .path("testCoverage")
                        .path("estimatedPercent")
                        .asInt(-1))
                .isZero();
        assertThat(analysis.path("analysis").path("branching").path("strategy").asText())
                .isEqualTo("unknown");
        synced(project);
    }

    @Test
    void aTreeOfAHeadThatIsGoneIsThatOfNothing() {
        String head = project("Brew tea");
        api.fail("/git/trees/" + head, Reply.status(409, "Git Repository is empty."));

        JsonNode analysis = analysis(connectedTo(null));

        assertThat(analysis.path("structure").path("files").asInt(-1)).isZero();
    }

    @Test
    void anAnswerThatBreaksOffIsAskedForAgain() {
        String head = project("Brew tea");
        api.fail(
                "/git/trees/" + head,
                new Reply(200, "{\"tree\": [{\"path\": \"pom.xml\", \"type\": \"blob\"", Map.of()));

        JsonNode analysis = analysis(connectedTo(null));

        isThatOfGit(analysis.path("structure"), head);
        assertThat(asked()).hasSize(3);
    }

    @Test
    void aDeepAnalysisReadsBuildFilesFirstAndGoesOnWithTheNextSync() {
        project("Brew tea");
        long project = connectedTo("deep");

        synced(project);
        assertThat(asked()).filteredOn(line -> line.contains("/blobs/")).hasSize(6);
        JsonNode first = analysis(project);
        JsonNode architecture = first.path("analysis").path("architecture");
        assertThat(texts(architecture.path("modules"), "name")).containsExactly("root", "core", "web");
        JsonNode web = one(architecture.path("modules"), "name", "web");
        assertThat(web.path("dependsOn")).hasSize(1);
        assertThat(web.path("dependsOn").path(0).asText()).isEqualTo("core");
        assertThat(web.path("external").path(0).asText()).isEqualTo("org.springframework.boot:spring-boot-starter-web");
        assertThat(web.path("version").asText()).isEqualTo("1.2");
        assertThat(texts(architecture.path("frameworks"), "name")).contains("Spring Boot");
        assertThat(architecture.path("style").asText()).isEqualTo("multi-module");

        JsonNode stream = synced(project);
        // Three sources and tests that were left; the giant is none, and the others are known.
        assertThat(asked()).filteredOn(line -> line.contains("/blobs/")).hasSize(3);
        assertThat(stream.path("requests").asInt()).isEqualTo(4);
        JsonNode analysis = analysis(project);
        assertThat(analysis.path("depth").asText()).isEqualTo("deep");
        JsonNode complexity = analysis.path("analysis").path("complexity");
        assertThat(complexity.path("method").asText()).isEqualTo("mixed");
        JsonNode java = one(complexity.path("byLanguage"), "language", "Java");
        assertThat(java.path("method").asText()).isEqualTo("parsed");
        assertThat(java.path("maxComplexity").asInt()).isEqualTo(3);
        assertThat(one(complexity.path("hotspots"), "path", "web/src/main/java/org/acme/web/Door.java")
                        .path("method")
                        .asText())
                .isEqualTo("estimated");
        JsonNode tests = analysis.path("analysis").path("testCoverage");
        assertThat(tests.path("method").asText()).isEqualTo("naming-and-imports");
        assertThat(tests.path("testedFiles").asInt()).isEqualTo(2);
        assertThat(jdbc.sql("SELECT count(*) FROM github_blobs WHERE project_id = ? AND build::text LIKE '%root:%'")
                        .param(project)
                        .query(Integer.class)
                        .single())
                .isZero();

        synced(project);
        assertThat(asked()).containsExactly("/languages");

        String head =
                history.commit("main", "More milk", "core/src/main/java/org/acme/Milk.java", "class Milk { int x; }");
        synced(project);
        assertThat(asked())
                .contains("/git/trees/" + head + "?recursive=1")
                .filteredOn(line -> line.contains("/blobs/"))
                .hasSize(1);
    }

    @Test
    void anAnalysisIsMadeAgainWhenTheHistoryIsThere() {
        String head = project("Brew tea");
        long project = connectedTo(null);
        assertThat(analysis(project).path("history").path("complete").asBoolean(true))
                .isFalse();
        for (int i = 0; i < 130; i++) {
            head = history.commit("main", "Cup " + i, "cups.txt", "cup " + i);
        }

        synced(project);

        JsonNode analysis = analysis(project);
        assertThat(analysis.path("commitSha").asText()).isEqualTo(head);
        assertThat(analysis.path("history").path("complete").asBoolean())
                .as(analysis.path("history").toString())
                .isTrue();
        assertThat(analysis.path("history").has("why")).isFalse();
        assertThat(analysis.path("analysis").path("activity").path("commits").asInt())
                .as("those that came behind the analysis in the same sync, too")
                .isEqualTo(131);
        assertThat(analysis.path("analysis").path("branching").path("branches").asInt())
                .isEqualTo(1);
    }

    @Test
    void attributesTellWhatIsNotTheirsOfAShallowAnalysis() {
        Map<String, @Nullable String> files = new HashMap<>();
        files.put(".gitattributes", "api/** linguist-generated\nvendor/ours/** -linguist-vendored\n");
        files.put("api/client.ts", "export const x = 1;");
        files.put("vendor/ours/cart.go", "package ours");
        files.put("vendor/theirs/cart.go", "package theirs");
        files.put("main.go", "package main");
        history.commit("main", "Say what is generated", files);
        long project = connectedTo(null);

        synced(project);

        assertThat(asked()).filteredOn(line -> line.contains("/blobs/")).hasSize(1);
        JsonNode analysis = analysis(project);
        assertThat(analysis.path("structure").path("leftOut").path("generated").asInt())
                .isEqualTo(1);
        assertThat(analysis.path("structure").path("leftOut").path("vendored").asInt())
                .isEqualTo(1);
        assertThat(texts(analysis.path("analysis").path("complexity").path("hotspots"), "path"))
                .containsExactlyInAnyOrder("main.go", "vendor/ours/cart.go");

        history.commit("main", "All is theirs", ".gitattributes", "*.md linguist-documentation");
        synced(project);
        assertThat(texts(analysis(project).path("analysis").path("complexity").path("hotspots"), "path"))
                .containsExactlyInAnyOrder("main.go", "api/client.ts");
    }

    @Test
    void contentTellsWhatIsNotTheirsOfADeepAnalysis() {
        Map<String, @Nullable String> files = new HashMap<>();
        files.put(
                "src/main/java/a/Made.java",
                "/* Generated by a tool - do not edit this file! */\nclass Made {}" + "//".repeat(300));
        files.put("src/main/java/a/Tea.java", "package a; class Tea {}");
        files.put("src/main/java/a/Pot.java", "package a; class Pot {}");
        files.put("src/test/java/a/AllOfItTest.java", "package a; class AllOfItTest { Tea tea; }");
        files.put("http/tape.yml", "http_interactions:\n- request:\n" + "    body: x\n".repeat(4000));
        history.commit("main", "Brew tea", files);
        long project = connectedTo("deep");

        synced(project);

        JsonNode analysis = analysis(project);
        JsonNode structure = analysis.path("structure");
        assertThat(structure.path("leftOut").path("generated").asInt()).isEqualTo(1);
        assertThat(structure.path("leftOut").path("recorded").asInt()).isEqualTo(1);
        assertThat(texts(structure.path("largestFiles"), "path"))
                .doesNotContain("http/tape.yml", "src/main/java/a/Made.java");
        assertThat(texts(structure.path("mostChangedFiles"), "path"))
                .doesNotContain("http/tape.yml", "src/main/java/a/Made.java");
        assertThat(structure.path("ownership").path(0).path("additions").asInt())
                .as("three lines of three files")
                .isEqualTo(3);
        assertThat(texts(analysis.path("analysis").path("complexity").path("hotspots"), "path"))
                .containsExactlyInAnyOrder("src/main/java/a/Tea.java", "src/main/java/a/Pot.java");
        JsonNode tests = analysis.path("analysis").path("testCoverage");
        assertThat(tests.path("sourceFiles").asInt()).isEqualTo(2);
        assertThat(tests.path("testedFiles").asInt())
                .as("a test of the same package")
                .isEqualTo(1);

        history.commit("main", "Write it by hand", "src/main/java/a/Made.java", "package a; class Made {}");
        synced(project);
        assertThat(analysis(project)
                        .path("analysis")
                        .path("testCoverage")
                        .path("sourceFiles")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void aFileThatGitHubDoesNotGiveIsLeftOut() {
        project("Brew tea");
        api.fail("/git/blobs/", Reply.status(404, "Not Found"));
        long project = connectedTo("deep");

        synced(project);

        assertThat(asked()).filteredOn(line -> line.contains("/blobs/")).hasSize(6);
        assertThat(jdbc.sql("SELECT count(*) FROM github_blobs WHERE project_id = ?")
                        .param(project)
                        .query(Integer.class)
                        .single())
                .isEqualTo(5);
    }

    @Test
    void whatChangedIsToldAgainstTheAnalysisOfTheCommitBefore() {
        String before = project("Brew tea");
        long project = connectedTo(null);
        synced(project);
        Map<String, @Nullable String> files = new HashMap<>();
        files.put("README.md", null);
        files.put("core/src/test/java/org/acme/MilkTest.java", "class MilkTest {}");
        files.put("core/src/main/java/org/acme/Milk.java", "class Milk { int fat; }");
        history.commit("main", "Test the milk", files);
        api.speak("{\"Java\": 5000, \"Kotlin\": 3}");

        synced(project);
        synced(project);

        JsonNode changes = analysis(project).path("changes");
        assertThat(changes.path("fromSha").asText()).isEqualTo(before);
        assertThat(changes.path("since").asText()).isNotEmpty();
        assertThat(changes.path("filesAdded").asInt()).isEqualTo(1);
        assertThat(changes.path("filesRemoved").asInt()).isEqualTo(1);
        assertThat(changes.path("filesModified").asInt()).isEqualTo(1);
        assertThat(changes.path("bytesDelta").asInt()).isEqualTo(-5 + 17 + 10);
        assertThat(changes.path("commits").asInt()).isEqualTo(1);
        assertThat(changes.path("pullsMerged").asInt(-1)).isZero();
        assertThat(changes.path("newAuthors").path(0).asText()).isEqualTo("Bo Chen");
        assertThat(changes.path("languagesAdded").path(0).asText()).isEqualTo("Kotlin");
        assertThat(changes.path("coveragePercentDelta").asDouble()).isEqualTo(25);
    }

    @Test
    void leadTimesReviewsAndReleasesAreTheFiguresOfWhatIsStored() {
        project("Brew tea");
        history.branch("feature", "main");
        history.branch("forgotten", "main");
        DetailsApi details = new DetailsApi(api.history());
        pull(details, 1, "closed", "2026-01-02T00:00:00Z", "one");
        pull(details, 2, "closed", "2026-01-03T00:00:00Z", "two");
        pull(details, 3, "closed", "2026-01-05T00:00:00Z", "three");
        pull(details, 4, "open", null, "feature");
        pull(details, 5, "closed", null, "forgotten");
        details.put("/pulls/1/reviews", review(11, 1, "bo", "2026-01-01T05:00:00Z"));
        details.put(
                "/pulls/2/reviews",
                review(21, 2, "octocat", "2026-01-01T01:00:00Z"),
                review(22, 2, "cy", "2026-01-01T09:00:00Z"),
                review(23, 2, "bo", "2026-01-01T07:00:00Z"));
        release(1, "v1", "2026-01-01T00:00:00Z", false);
        release(2, "v2", "2026-01-11T00:00:00Z", false);
        release(3, "v3", "2026-01-31T00:00:00Z", false);
        release(4, "v4", null, true);
        long project = connectedTo(null);

        synced(project);

        JsonNode activity = analysis(project).path("analysis").path("activity");
        JsonNode pulls = activity.path("pulls");
        assertThat(pulls.path("open").asInt()).isEqualTo(1);
        assertThat(pulls.path("merged").asInt()).isEqualTo(3);
        assertThat(pulls.path("closedUnmerged").asInt()).isEqualTo(1);
        assertThat(pulls.path("medianLeadTimeHours").asDouble())
                .as("of 24, 48 and 96 hours")
                .isEqualTo(48.0);
        assertThat(pulls.path("p90LeadTimeHours").asDouble()).isEqualTo(86.4);
        assertThat(pulls.path("medianReviewHours").asDouble())
                .as("of 5 and 7 hours: nobody reviews their own, and the first review counts")
                .isEqualTo(6.0);
        JsonNode releases = activity.path("releases");
        assertThat(releases.path("count").asInt()).isEqualTo(3);
        assertThat(releases.path("lastTag").asText()).isEqualTo("v3");
        assertThat(releases.path("lastPublishedAt").asText()).isEqualTo("2026-01-31T00:00:00.000Z");
        assertThat(releases.path("medianDaysBetween").asDouble())
                .as("of 10 and 20 days")
                .isEqualTo(15.0);
        JsonNode oldest = analysis(project).path("analysis").path("branching").path("oldest");
        assertThat(one(oldest, "name", "feature").path("openPull").asBoolean()).isTrue();
        assertThat(one(oldest, "name", "forgotten").path("openPull").asBoolean())
                .isFalse();
    }

    private static void pull(DetailsApi details, long number, String state, @Nullable String mergedAt, String branch) {
        ObjectNode pull = details.pull(number, "a".repeat(40), "2026-02-0" + number + "T00:00:00Z");
        pull.put("state", state).put("merged_at", mergedAt);
        ((ObjectNode) pull.path("head")).put("ref", branch);
        details.put(pull);
    }

    private static ObjectNode review(long id, long pull, String reviewer, String at) {
        return DetailsApi.review(id, pull, reviewer, "COMMENTED").put("submitted_at", at);
    }

    private void release(long id, String tag, @Nullable String publishedAt, boolean draft) {
        api.history()
                .putRelease(((ObjectNode) GitHubRows.tree("{\"created_at\": \"2026-01-01T00:00:00Z\"}"))
                        .put("id", id)
                        .put("tag_name", tag)
                        .put("name", tag)
                        .put("published_at", publishedAt)
                        .put("draft", draft)
                        .put("prerelease", false));
    }

    @Test
    void aFullSyncReadsTheTreeAnew() {
        String head = project("Brew tea");
        long project = connectedTo(null);
        synced(project);

        JsonNode stream = synced(project, "full");

        assertThat(asked()).contains("/git/trees/" + head + "?recursive=1");
        assertThat(stream.path("unchanged").asInt()).isEqualTo(13);
    }

    @Test
    void theFilesOfOneRepositoryAreNotThoseOfTheNext() {
        String head = project("Brew tea");
        List.of("branches", "tags", "pulls", "issues", "releases", "deployments")
                .forEach(list -> github.on("GET /repos/octo/other/" + list, Reply.json("[]")));
        github.on(
                "GET /repos/octo/other",
                Reply.json("{\"id\": 77, \"full_name\": \"octo/other\", \"default_branch\": \"main\"}"));
        github.on("GET /repos/octo/other/commits", Reply.status(409, "Git Repository is empty."));
        github.on("GET /repos/octo/other/actions/runs", Reply.json("{\"total_count\": 0, \"workflow_runs\": []}"));
        long project = project();
        ObjectNode config = config().put("repository", "octo/history");
        config.putArray("repositories").add("octo/other");
        Answer saved = configure(project, config);
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);

        synced(project);

        JsonNode log = get("/api/projects/" + project + "/github-sync-logs?limit=1")
                .json()
                .path(0);
        assertThat(log.path("status").asText()).as(log.toString()).isEqualTo("completed");
        assertThat(jdbc.sql("SELECT repository_id || ' ' || coalesce(files_sha, 'none') FROM github_analyses"
                                + " WHERE project_id = ?")
                        .param(project)
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder(HistoryApi.REPOSITORY_ID + " " + head, "77 none");
    }

    @Test
    void theFirstAnalysisOfAFurtherRepositoryIsMadeForWhoAsks() {
        String head = project("Brew tea");
        long project = project();
        ObjectNode config = config();
        config.putArray("repositories").add("octo/history");
        Answer saved = configure(project, config);
        assertThat(saved.status()).as(saved.text()).isEqualTo(200);

        Answer answer = get("/api/projects/" + project + "/github-analysis?repository=octo/history");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("repository").asText()).isEqualTo("octo/history");
        assertThat(answer.json().path("commitSha").asText()).isEqualTo(head);
    }
}
