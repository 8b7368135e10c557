package io.atmosfera.integration.operations;

import io.hawt.springboot.HawtioPlugin;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What the platform adds to Hawtio. */
@Configuration(proxyBeanMethods = false)
class HawtioPages {

    /** Shows some hundred routes as fast as one (the script says how). */
    @Bean
    HawtioPlugin routesParsedOnce() {
        HawtioPlugin plugin = new HawtioPlugin("atmosfera", "./plugin", "/actuator/hawtio/js");
        plugin.setRemoteEntryFileName("routes-parsed-once.js");
        plugin.setBustRemoteEntryCache(false);
        return plugin;
    }
}
