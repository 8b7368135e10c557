package io.atmosfera.integration.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What build files name, and that reading them does nothing else. */
class BuildFilesTest {

    @TempDir
    Path folder;

    @Test
    void maven() {
        BuildFile file = BuildFiles.read(
                "pom.xml",
                """
                <?xml version="1.0"?>
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <parent><groupId>org.acme</groupId><artifactId>parent</artifactId><version>7</version></parent>
                  <artifactId>tea</artifactId>
                  <modules><module>cup</module><module>pot</module></modules>
                  <dependencyManagement><dependencies><dependency>
                    <groupId>x</groupId><artifactId>managed</artifactId></dependency></dependencies></dependencyManagement>
                  <dependencies>
                    <dependency><groupId>${project.groupId}</groupId><artifactId>cup</artifactId></dependency>
                    <dependency><groupId>org.junit.jupiter</groupId><artifactId>junit-jupiter</artifactId>
                      <scope>test</scope>
                      <exclusions><exclusion><groupId>no</groupId><artifactId>no</artifactId></exclusion></exclusions></dependency>
                  </dependencies>
                </project>
                """);

        assertThat(file.name()).isEqualTo("org.acme:tea");
        assertThat(file.version()).isEqualTo("7");
        assertThat(file.modules()).containsExactly("cup", "pot");
        assertThat(file.dependencies()).containsExactly("org.acme:parent", "org.acme:cup");
        assertThat(file.testDependencies()).containsExactly("org.junit.jupiter:junit-jupiter");
    }

    @Test
    void anExternalEntityIsNeverFetched() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "the-secret");
        BuildFile file = BuildFiles.read(
                "pom.xml",
                """
                <!DOCTYPE project [<!ENTITY x SYSTEM "%s"><!ENTITY %% y SYSTEM "http://127.0.0.1:9/"> %%y;]>
                <project><groupId>g</groupId><artifactId>a&x;</artifactId><version>&x;</version></project>"""
                        .formatted(secret.toUri()));

        assertThat(String.valueOf(file)).doesNotContain("the-secret");
    }

    @Test
    void entitiesAreNotMultiplied() {
        StringBuilder type = new StringBuilder("<!DOCTYPE p [<!ENTITY e0 \"lol\">");
        for (int i = 1; i < 30; i++) {
            type.append("<!ENTITY e")
                    .append(i)
                    .append(" \"")
                    .append(("&e" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }

        BuildFile file = BuildFiles.read("pom.xml", type + "]><project><artifactId>&e29;</artifactId></project>");

        assertThat(String.valueOf(file)).hasSizeLessThan(1000);
    }

    @Test
    void whatIsBrokenSaysNothing() {
        // Nothing, rather than that it depends on nothing.
        assertThat(BuildFiles.read("pom.xml", "<project><artifactId>a")).isNull();
        assertThat(BuildFiles.read("package.json", "{")).isNull();
        assertThat(BuildFiles.read("package.json", "[".repeat(100_000))).isNull();
        assertThat(BuildFiles.read("pnpm-workspace.yaml", "a: [")).isNull();
        assertThat(BuildFiles.read("pubspec.yaml", "&a [*a, *a]")).isNull();
        assertThat(BuildFiles.read("CMakeLists.txt", "project(tea)")).isNull();
        assertThat(BuildFiles.read("Cargo.toml", "[[[[").name()).isNull();
    }

    @Test
    void gradle() {
        BuildFile settings = BuildFiles.read(
                "settings.gradle", "rootProject.name = 'tea'\ninclude 'cup', ':pots:small'\ninclude(\"web\")\n");
        assertThat(settings.name()).isEqualTo("tea");
        assertThat(settings.modules()).containsExactly("cup", "pots/small", "web");

        BuildFile build = BuildFiles.read(
                "web/build.gradle.kts",
                """
                plugins { id("org.springframework.boot") version "3.5.0" }
                version = "1.0"
                dependencies {
                    implementation(project(":cup"))
                    implementation("io.ktor:ktor-server:3.0.0")
                    testImplementation 'junit:junit:4.13'
                }
                """);
        assertThat(build.version()).isEqualTo("1.0");
        assertThat(build.dependencies()).containsExactly("io.ktor:ktor-server", "org.springframework.boot");
        assertThat(build.testDependencies()).containsExactly("junit:junit");
        assertThat(build.folders()).containsExactly(":cup");
    }

    @Test
    void npm() {
        BuildFile file = BuildFiles.read(
                "package.json",
                """
                {"name": "@acme/web", "version": "2.0.0", "workspaces": {"packages": ["packages/*"]},
                 "dependencies": {"react": "^19"}, "devDependencies": {"vitest": "1"}}""");

        assertThat(file.name()).isEqualTo("@acme/web");
        assertThat(file.modules()).containsExactly("packages/*");
        assertThat(file.dependencies()).containsExactly("react");
        assertThat(file.testDependencies()).containsExactly("vitest");
    }

    @Test
    void go() {
        BuildFile file = BuildFiles.read(
                "go.mod",
                """
                module github.com/acme/tea

                go 1.23

                require github.com/one/alone v1.0.0
                require (
                    github.com/gin-gonic/gin v1.10.0
                    golang.org/x/sys v0.1.0 // indirect
                )
                replace github.com/acme/cup => ../cup
                """);

        assertThat(file.name()).isEqualTo("github.com/acme/tea");
        assertThat(file.dependencies()).containsExactly("github.com/one/alone", "github.com/gin-gonic/gin");
        assertThat(file.folders()).containsExactly("../cup");
    }

    @Test
    void python() {
        BuildFile project = BuildFiles.read(
                "pyproject.toml",
                """
                [project]
                name = "tea"
                version = "0.1"
                dependencies = [
                  "django>=5",
                  "requests[socks] ; python_version > '3'",
                ]
                [tool.poetry.group.dev.dependencies]
                pytest = "^8"
                """);
        assertThat(project.name()).isEqualTo("tea");
        assertThat(project.dependencies()).containsExactly("django", "requests");
        assertThat(project.testDependencies()).containsExactly("pytest");

        assertThat(BuildFiles.read("requirements.txt", "# c\nflask==3.0\n-r other.txt\nnumpy\n")
                        .dependencies())
                .containsExactly("flask", "numpy");
        assertThat(BuildFiles.read("setup.py", "setup(name='tea', version='1', install_requires=['flask>=2', 'six'])")
                        .dependencies())
                .containsExactly("flask", "six");
    }

    @Test
    void cargoDotNetAndComposer() {
        BuildFile cargo = BuildFiles.read(
                "Cargo.toml",
                """
                [package]
                name = "tea"
                version = "0.2.0"
                [dependencies]
                tokio = { version = "1", features = ["full"] }
                cup = { path = "../cup" }
                """);
        assertThat(cargo.name()).isEqualTo("tea");
        assertThat(cargo.dependencies()).containsExactly("tokio");
        assertThat(cargo.folders()).containsExactly("../cup");

        BuildFile net = BuildFiles.read(
                "Web/Web.csproj",
                """
                <Project Sdk="Microsoft.NET.Sdk.Web"><ItemGroup>
                <PackageReference Include="xunit" Version="2" />
                <ProjectReference Include="..\\Core\\Core.csproj" /></ItemGroup></Project>""");
        assertThat(net.dependencies()).containsExactly("xunit");
        assertThat(net.folders()).containsExactly("../Core/Core.csproj");

        assertThat(BuildFiles.read("composer.json", "{\"require\": {\"php\": \"8\", \"laravel/framework\": \"11\"}}")
                        .dependencies())
                .containsExactly("laravel/framework");
    }

    @Test
    void scopesOfOtherTools() {
        BuildFile cargo = BuildFiles.read(
                "Cargo.toml",
                """
                [workspace]
                members = ["cup", "pots/*"]
                exclude = ["pots/old"]
                [dev-dependencies]
                proptest = "1"
                [target.'cfg(unix)'.dependencies]
                nix = "0.29"
                [dependencies.serde]
                version = "1"
                """);
        assertThat(cargo.modules()).containsExactly("cup", "pots/*", "!pots/old");
        assertThat(cargo.dependencies()).containsExactlyInAnyOrder("nix", "serde");
        assertThat(cargo.testDependencies()).containsExactly("proptest");

        BuildFile gems = BuildFiles.read(
                "Gemfile",
                "gem 'rails'\ngroup :development, :test do\n  gem 'rspec'\nend\ngem 'puma'\ngem 'pry', group: :test\n");
        assertThat(gems.dependencies()).containsExactly("rails", "puma");
        assertThat(gems.testDependencies()).containsExactly("rspec", "pry");

        BuildFile php = BuildFiles.read("composer.json", "{\"require-dev\": {\"phpunit/phpunit\": \"11\"}}");
        assertThat(php.testDependencies()).containsExactly("phpunit/phpunit");
        BuildFile dart = BuildFiles.read(
                "pubspec.yaml",
                "name: tea\ndependencies:\n  http: ^1\ndev_dependencies:\n  test: ^1\nworkspace:\n  - cup\n");
        assertThat(dart.dependencies()).containsExactly("http");
        assertThat(dart.testDependencies()).containsExactly("test");
        assertThat(dart.modules()).containsExactly("cup");
        assertThat(BuildFiles.read("Pipfile", "[packages]\nflask = \"*\"\n[dev-packages]\npytest = \"*\"\n")
                        .testDependencies())
                .containsExactly("pytest");
        BuildFile scala = BuildFiles.read(
                "build.sbt",
                "lazy val cup = project.in(file(\"cup\"))\nlibraryDependencies += \"org.typelevel\" %% \"cats\" % \"2\"\n"
                        + "libraryDependencies += \"org.scalatest\" %% \"scalatest\" % \"3\" % Test\n");
        assertThat(scala.modules()).containsExactly("cup");
        assertThat(scala.dependencies()).containsExactly("org.typelevel:cats");
        assertThat(scala.testDependencies()).containsExactly("org.scalatest:scalatest");
    }

    @Test
    void whatWorkspacesDeclare() {
        assertThat(BuildFiles.read("pnpm-workspace.yaml", "packages:\n  - 'packages/*'\n  - '!**/test/**'\n")
                        .modules())
                .containsExactly("packages/*", "!**/test/**");
        assertThat(BuildFiles.read("go.work", "go 1.24\n\nuse (\n\t.\n\t./api // the door\n)\nuse ../cup\n")
                        .modules())
                .containsExactly(".", "./api", "../cup");
        assertThat(BuildFiles.read("lerna.json", "{\"packages\": [\"modules/*\"]}")
                        .modules())
                .containsExactly("modules/*");
        assertThat(BuildFiles.read(
                                "Tea.sln",
                                "Project(\"{FAE0}\") = \"Cup\", \"src\\Cup\\Cup.csproj\", \"{1}\"\nEndProject\n")
                        .modules())
                .containsExactly("src/Cup/Cup.csproj");
        assertThat(BuildFiles.read(
                                "settings.gradle.kts",
                                "include(\":cup\")\nproject(\":cup\").projectDir = file(\"parts/cup\")\nincludeBuild(\"logic\")\n// include(\"no\")\n")
                        .modules())
                .containsExactly("parts/cup", "logic");
        assertThat(BuildFiles.read("settings.gradle", "file('parts').eachDir { include it.name }")
                        .modules())
                .containsExactly("**");
    }

    @Test
    void aCatalogueTellsWhatItsNamesMean() {
        BuildFile file = BuildFiles.read(
                "gradle/libs.versions.toml",
                """
                [libraries]
                spring-boot-web = { module = "org.springframework.boot:spring-boot-starter-web", version.ref = "boot" }
                ktor_core = "io.ktor:ktor-server:3.0.0"
                junit = { group = "org.junit.jupiter", name = "junit-jupiter" }
                [plugins]
                boot = { id = "org.springframework.boot", version = "3.5.0" }
                """);

        assertThat(file.aliases())
                .containsEntry("libs.spring.boot.web", "org.springframework.boot:spring-boot-starter-web")
                .containsEntry("libs.ktor.core", "io.ktor:ktor-server")
                .containsEntry("libs.junit", "org.junit.jupiter:junit-jupiter")
                .containsEntry("libs.plugins.boot", "org.springframework.boot");
        BuildFile user = BuildFiles.read(
                "build.gradle.kts",
                "plugins { alias(libs.plugins.boot) }\ndependencies { implementation(libs.ktor.core); testImplementation(libs.junit) }");
        assertThat(user.dependencies()).containsExactly("libs.ktor.core", "libs.plugins.boot");
        assertThat(user.testDependencies()).containsExactly("libs.junit");
    }
}
