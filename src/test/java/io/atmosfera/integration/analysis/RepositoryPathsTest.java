package io.atmosfera.integration.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a path tells, by the conventions of the common languages. */
class RepositoryPathsTest {

    @ParameterizedTest
    @CsvSource({
        "src/main/java/a/Foo.java, source, Java, jvm:Foo",
        "src/test/java/a/FooTest.java, test, Java, jvm:Foo",
        "src/test/java/a/FooTests.java, test, Java, jvm:Foo",
        "src/test/java/a/TestFoo.java, test, Java, jvm:Foo",
        "src/test/java/a/FooIT.java, test, Java, jvm:Foo",
        "src/test/groovy/a/FooSpec.groovy, test, Groovy, jvm:Foo",
        "src/main/java/a/LatestIT.java, source, Java, jvm:LatestIT",
        "src/test/java/a/Support.java, test, Java, jvm:Support",
        "src/test/resources/pom.xml, fixture, XML,",
        "web/foo.test.ts, test, TypeScript, js:foo",
        "web/foo.spec.js, test, JavaScript, js:foo",
        "web/__tests__/foo.jsx, test, JavaScript, js:foo",
        "web/foo.ts, source, TypeScript, js:foo",
        "web/cart/index.ts, source, TypeScript, js:cart/index",
        "web/cart/__tests__/index.test.ts, test, TypeScript, js:cart/index",
        "tests/test_foo.py, test, Python, py:foo",
        "pkg/foo_test.py, test, Python, py:foo",
        "pkg/foo.py, source, Python, py:foo",
        "tests/conftest.py, test, Python, py:conftest",
        "a/foo_test.go, test, Go, go:a/foo",
        "a/foo.go, source, Go, go:a/foo",
        "spec/foo_spec.rb, test, Ruby, rb:foo",
        "Shop.Tests/FooTests.cs, test, C#, net:Foo",
        "Shop/Foo.cs, source, C#, net:Foo",
        "node_modules/a/index.js, vendored, JavaScript,",
        "vendor/a/b.go, vendored, Go,",
        "src/main/java/vendor/Vendor.java, source, Java, jvm:Vendor",
        "target/Foo.java, generated, Java,",
        "src/main/java/target/Aim.java, source, Java, jvm:Aim",
        "web/app.min.js, generated, JavaScript,",
        "package-lock.json, generated, JSON,",
        "api/foo.pb.go, generated, Go,",
        "pom.xml, build, XML,",
        "a/build.gradle.kts, build, Kotlin,",
        "Shop/Shop.csproj, build,,",
        "tests/fixtures/a.py, fixture, Python,",
        "README.md, other, Markdown,",
        "LICENSE, other,,",
        ".gitignore, other,,",
        "db/schema.sql, other, SQL,",
        "tests/it/pom.xml, build, XML,",
        "e2e/package.json, build, JSON,",
        "src/it/one/pom.xml, fixture, XML,",
        "archetypes/a/src/main/resources/archetype-resources/pom.xml, fixture, XML,",
        "archetypes/a/src/main/resources/archetype-resources/src/main/java/Foo.java, fixture, Java,",
        "create/templates/app/package.json, fixture, JSON,",
        "cup/cup.gradle, build,,",
        "gradle/libs.versions.toml, build, TOML,",
        "gradle/gradle.gradle, other,,",
        "web/cassettes/a.yml, recorded, YAML,",
        "web/a.test.ts.snap, recorded,,",
        "web/jquery-3.7.1.js, vendored, JavaScript,",
        "web/jquery.cart.js, source, JavaScript, js:jquery.cart",
    })
    void tells(String path, String kind, String language, String subject) {
        PathFacts facts = RepositoryPaths.facts(path, false);

        assertThat(facts.kind()).isEqualTo(kind);
        assertThat(facts.language()).isEqualTo(language);
        assertThat(facts.subject()).isEqualTo(subject);
    }

    @Test
    void whatIsSaidToBeOwnIsToldByItsNameAlone() {
        PathFacts facts = RepositoryPaths.unmarked("vendor/ours/cart.go");

        assertThat(facts.kind()).isEqualTo("source");
        assertThat(facts.subject()).isEqualTo("go:vendor/ours/cart");
    }

    @Test
    void aLinkIsOnlyAName() {
        assertThat(RepositoryPaths.facts("src/main/java/a/Foo.java", true).kind())
                .isEqualTo("other");
    }

    @ParameterizedTest
    @CsvSource({
        "core/src/main/java/a/Foo.java, core/src/main/java",
        "web/src/test/kotlin/a/Foo.kt, web/src/test/kotlin",
        "src/app/a.ts, src",
        "packages/a/lib/x/y.js, packages/a/lib",
        "tests/unit/test_a.py, tests",
        "tools/a.py, tools",
    })
    void theRootOfAFile(String path, String root) {
        assertThat(RepositoryPaths.root(path)).isEqualTo(root);
    }

    @Test
    void aFileBesideNothingHasTheRoot() {
        assertThat(RepositoryPaths.root("main.go")).isEmpty();
    }
}
