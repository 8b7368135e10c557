package io.atmosfera.integration.live;

import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/** Where the sockets are opened: on the same port and behind the same filters as everything else. */
@Configuration(proxyBeanMethods = false)
class LiveConfiguration {

    @Bean
    SimpleUrlHandlerMapping liveAddress(LiveEndpoint endpoint) {
        return new SimpleUrlHandlerMapping(Map.of(LiveEndpoint.PATH, endpoint), Ordered.HIGHEST_PRECEDENCE);
    }
}
