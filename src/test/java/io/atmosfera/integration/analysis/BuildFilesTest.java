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
                      <exclusions><exclusion><groupId>no</groupId><artifactId>no</artifactId></exclusion></exclusions></dependency>
                  </dependencies>
                </project>
                """);

        assertThat(file.name()).isEqualTo("org.acme:tea");
        assertThat(file.version()).isEqualTo("7");
        assertThat(file.modules()).containsExactly("cup", "pot");
        assertThat(file.dependencies())
                .containsExactly("org.acme:parent", "org.acme:cup", "org.junit.jupiter:junit-jupiter");
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
        assertThat(BuildFiles.read("pom.xml", "<project><artifactId>a").dependencies())
                .isEmpty();
        assertThat(BuildFiles.read("package.json", "{").name()).isNull();
        assertThat(BuildFiles.read("package.json", "[".repeat(100_000)).name()).isNull();
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
        assertThat(build.dependencies())
                .containsExactly("io.ktor:ktor-server", "junit:junit", "org.springframework.boot");
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
        assertThat(file.dependencies()).containsExactly("react", "vitest");
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
        assertThat(project.dependencies()).containsExactly("django", "requests", "pytest");

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
}
