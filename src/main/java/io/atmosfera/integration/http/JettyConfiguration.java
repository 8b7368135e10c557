package io.atmosfera.integration.http;

import org.eclipse.jetty.server.HttpConfiguration;
import org.springframework.boot.web.embedded.jetty.ConfigurableJettyWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Jetty as the platform wants it: errors are problems, and no answer says what serves it. */
@Configuration(proxyBeanMethods = false)
class JettyConfiguration {

    @Bean
    WebServerFactoryCustomizer<ConfigurableJettyWebServerFactory> problemsOfJetty(Problems problems) {
        return factory -> factory.addServerCustomizers(server -> {
            server.setErrorHandler(new JettyProblems(problems));
            for (var connector : server.getConnectors()) {
                for (var protocol : connector.getConnectionFactories()) {
                    if (protocol instanceof HttpConfiguration.ConnectionFactory http) {
                        http.getHttpConfiguration().setSendServerVersion(false);
                        http.getHttpConfiguration().setSendXPoweredBy(false);
                    }
                }
            }
        });
    }
}
