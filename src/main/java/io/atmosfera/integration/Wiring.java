package io.atmosfera.integration;

import io.atmosfera.integration.operations.AdminTokenSource;
import io.atmosfera.integration.security.BootstrapToken;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Puts together what features must not know of each other. */
@Configuration(proxyBeanMethods = false)
class Wiring {

    /** Only the sandbox shows its token at every start; elsewhere the security feature shows it once, in the log. */
    @Bean
    @Profile("sandbox")
    AdminTokenSource adminTokenSource(BootstrapToken token) {
        return token::shownOnce;
    }
}
