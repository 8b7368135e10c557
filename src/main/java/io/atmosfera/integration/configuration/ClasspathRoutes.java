package io.atmosfera.integration.configuration;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.spring.boot.CamelConfigurationProperties;
import org.apache.camel.spring.boot.CamelSpringBootRoutesCollector;
import org.apache.camel.support.ResourceHelper;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Finds the files of {@code camel.main.routes-include-pattern} with Spring's resolver. Camel's own opens every nested jar of the
 * application once for each pattern, which takes longer than all the rest of a start from the jar, and does not know {@code **}
 * there.
 */
@Component
class ClasspathRoutes extends CamelSpringBootRoutesCollector {

    private static final String ROOT = "routes/";

    ClasspathRoutes(ApplicationContext application, CamelConfigurationProperties camel) {
        super(application, camel.getMain().isIncludeNonSingletons());
    }

    /** The files in the order of their names, so that every start loads them in the same order. */
    @Override
    public Collection<Resource> findRouteResourcesFromDirectory(CamelContext camel, String exclude, String include) {
        var resolver = new PathMatchingResourcePatternResolver(camel.getApplicationContextClassLoader());
        List<Resource> found = new ArrayList<>();
        try {
            for (String pattern : include.split(",")) {
                for (var file : resolver.getResources(pattern)) {
                    String address = file.getURL().toString();
                    String location = "classpath:" + address.substring(address.lastIndexOf("/" + ROOT) + 1);
                    found.add(ResourceHelper.fromBytes(location, file.getContentAsByteArray()));
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("The routes cannot be read from " + include, e);
        }
        found.sort(Comparator.comparing(Resource::getLocation));
        return found;
    }
}
