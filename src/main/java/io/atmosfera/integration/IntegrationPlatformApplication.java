package io.atmosfera.integration;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the platform: one Camel context whose routes collect, map, store and serve. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class IntegrationPlatformApplication {

    public static void main(String[] args) {
        SpringApplication.run(IntegrationPlatformApplication.class, args);
    }
}
