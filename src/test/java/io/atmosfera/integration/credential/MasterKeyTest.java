package io.atmosfera.integration.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.atmosfera.integration.FailedStart;
import io.atmosfera.integration.IntegrationPlatformApplication;
import io.atmosfera.integration.TestDatabase;
import io.atmosfera.integration.database.PlatformData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

@ExtendWith(OutputCaptureExtension.class)
class MasterKeyTest {

    private static final String HOW_TO_MAKE_ONE = "openssl rand -base64 32";

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(PlatformData.class)
    @Import(MasterKeyConfiguration.class)
    static class OnlyTheKey {}

    @Test
    void thePlatformDoesNotStartWithoutOne(CapturedOutput output) {
        assertThat(FailedStart.of(
                        output,
                        WebApplicationType.SERVLET,
                        IntegrationPlatformApplication.class,
                        "server.port=0",
                        "spring.datasource.url=" + TestDatabase.create()))
                .contains("no master key")
                .contains(HOW_TO_MAKE_ONE);
    }

    @ParameterizedTest
    @CsvSource({
        "platform.master-key=???, is not Base64",
        "platform.master-key=QUFB, has 3 bytes in place of 32",
        "platform.master-key-file=/nowhere/key, cannot be read"
    })
    void oneThatIsNoneIsTold(String setting, String message, CapturedOutput output) {
        assertThat(FailedStart.of(output, WebApplicationType.NONE, OnlyTheKey.class, setting))
                .contains(message)
                .contains(HOW_TO_MAKE_ONE);
    }
}
