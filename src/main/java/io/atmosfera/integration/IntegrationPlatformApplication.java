package io.atmosfera.integration;

import io.atmosfera.integration.source.RoutesCheck;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the platform: one Camel context whose routes collect, map, store and serve. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class IntegrationPlatformApplication {

    public static void main(String[] args) {
        Optional<Path> check = RoutesCheck.asked(args);
        if (check.isPresent()) {
            System.exit(RoutesCheck.of(check.get()));
        }
        SpringApplication.run(IntegrationPlatformApplication.class, args);
    }
}
