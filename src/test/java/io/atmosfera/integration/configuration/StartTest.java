package io.atmosfera.integration.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.atmosfera.integration.FailedStart;
import io.atmosfera.integration.outbound.OutboundProperties;
import io.atmosfera.integration.security.SecurityProperties;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

/** A wrong value stops the start and is told by its name. */
@ExtendWith(OutputCaptureExtension.class)
class StartTest {

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties({SecurityProperties.class, OutboundProperties.class})
    static class OnlyProperties {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "platform.security.encryption.algorithm=DES | must be AES256_GCM",
                "platform.security.encryption.key-rotation-days=-1 | greater than or equal to 0",
                "platform.security.authentication.token-expiration=0 | greater than or equal to 1",
                "platform.security.authentication.max-tokens-per-user=many | must be a whole number",
                "platform.security.authentication.rate-limiting.window-ms=0 | greater than or equal to 1",
                "platform.security.authentication.rate-limiting.max-requests=0 | greater than or equal to 1",
                "platform.security.data-validation.max-payload-size=huge | must be a size such as 1MB",
                "platform.security.data-validation.max-payload-size=1GB | must be between 1B and 100MB",
                "platform.outbound.allow-http=perhaps | must be true or false",
                "platform.outbound.allowed-networks=10.0.0.0/99 | must be networks such as"
            })
    void aWrongValueIsTold(String setting, String message, CapturedOutput output) {
        String property = setting.substring(0, setting.indexOf('='));
        assertThat(FailedStart.of(output, WebApplicationType.NONE, OnlyProperties.class, setting))
                .contains("The property " + property)
                .contains(message);
    }
}
