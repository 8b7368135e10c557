package io.atmosfera.integration.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of branches as public repositories have them. */
class BranchNamesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "camel-spring-boot-4.18.x",
                "tokio-util-0.7.x",
                "tea-1.2",
                "4.18.x",
                "3.x",
                "v1.6.x",
                "1.39",
                "4.14.3",
                "release/v10",
                "releases/2.0",
                "release-1.30",
                "rel/7.3",
                "support/5",
                "REL_16_STABLE",
                "stable/2025.1",
                "maint-4.1",
                "2.10-stable",
                "8.x-lts",
                "v2",
            })
    void isKeptForReleases(String name) {
        assertThat(BranchNames.releases(List.of("main", name), "octo/tea").names())
                .containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "main",
                "2234-4.8.x",
                "2748-4.18x",
                "22921",
                "CAMEL-22614",
                "CAMEL-23112-sb",
                "bump-4.18.0",
                "bump-to-camel-4.20.0",
                "fix-broadcast-channel-1.43.x",
                "ci-fix/junit5-imports-4.14.x",
                "v1.9.0-dep-updates",
                "dependabot/npm_and_yarn/lodash-4.17.21",
                "renovate/node-18.x",
                "spring-boot-4.0",
                "feature/upgrade-spring-3.2",
                "jdk17",
                "backport-123-to-4.18.x",
                "reggi/align-engines-10",
                "1.39-ew-patches",
                "release-please--branches--latest",
                "relax-release-branch-protection",
                "4.10.x-2453",
                "revert-maven-3.9.12-upgrade",
                "alice/clippy-1.64",
            })
    void isWork(String name) {
        assertThat(BranchNames.releases(List.of("main", name), "octo/tea").names())
                .isEmpty();
    }

    @Test
    void severalVersionsOfTheSameAreALine() {
        BranchNames.Releases releases = BranchNames.releases(
                List.of("branch-3.10", "branch-3.9", "main", "other-1.2", "bump-1.2", "bump-1.3"), "octo/tea");

        assertThat(releases.names()).containsExactly("branch-3.9", "branch-3.10");
        assertThat(releases.newest()).isEqualTo("branch-3.10");
        assertThat(releases.number()).isEqualTo(2);
    }
}
