package io.atmosfera.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.atmosfera.sandbox.github.SimulatedGitHub;
import io.atmosfera.sandbox.jira.JiraClient;
import io.atmosfera.sandbox.jira.SimulatedJira;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SandboxConfigurationTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SandboxConfiguration.class));

    @Test
    void runsInProfileSandbox() {
        runner.withPropertyValues(
                        "spring.profiles.active=sandbox", "platform.sandbox.port=0", "platform.sandbox.github-port=0")
                .run(context -> {
                    SimulatedJira jira = context.getBean(SimulatedJira.class);
                    assertThat(jira.issueCount()).isEqualTo(500);
                    assertThat(jira.baseUri().getHost()).isEqualTo("127.0.0.1");
                    assertThat(JiraClient.basic(jira).get("/rest/api/3/myself").statusCode())
                            .isEqualTo(200);
                    assertThat(context.getBean(SimulatedGitHub.class).baseUri().getHost())
                            .isEqualTo("127.0.0.1");
                    assertThat(context.getBean(SandboxProperties.class).changeInterval())
                            .isEqualTo(Duration.ofSeconds(4));
                });
    }

    @Test
    void leavesNothingInOtherProfiles() {
        runner.run(context -> {
            assertThat(context).doesNotHaveBean(SimulatedJira.class);
            assertThat(context).doesNotHaveBean(SimulatedGitHub.class);
            assertThat(context).doesNotHaveBean(SandboxProperties.class);
            assertThat(context).doesNotHaveBean(SandboxConfiguration.class);
        });
    }

    @Test
    void namesASettingThatIsWrong() {
        runner.withPropertyValues("spring.profiles.active=sandbox", "platform.sandbox.port=99999")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("platform.sandbox.port must be between 0 and 65535"));
    }
}
