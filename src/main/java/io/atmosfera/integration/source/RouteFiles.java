package io.atmosfera.integration.source;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.atmosfera.integration.outbound.Connections;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Loads the files of the routes folder when the platform's own routes run, so that what is wrong with a file is known by
 * its name. For each source that a file declares it adds the routes that all sources have.
 */
@Component
class RouteFiles {

    /** The template that declares a source, and those of what comes with it. */
    private static final String DECLARES = "rest-source";

    private static final String OF_A_SOURCE = "routes/source/rest-source.parts.yaml";
    private static final String OF_A_STREAM = "routes/source/rest-stream.parts.yaml";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(?:-[a-z0-9]+)*");
    private static final Logger LOG = LoggerFactory.getLogger(RouteFiles.class);

    private final CamelContext camel;
    private final RoutesFolder folder;
    private final RestSources sources;
    private final ObjectMapper json;
    private final Connections connections;

    RouteFiles(
            CamelContext camel, RoutesFolder folder, RestSources sources, ObjectMapper json, Connections connections) {
        this.camel = camel;
        this.folder = folder;
        this.sources = sources;
        this.json = json;
        this.connections = connections;
    }

    /**
     * Loads them all; not as a CamelContextConfiguration, whose failures after the start Camel logs and forgets.
     *
     * @throws RouteFileException for the first that cannot be loaded, which ends the start
     */
    @EventListener(ApplicationStartedEvent.class)
    public void load() {
        List<RouteFile> files = folder.files().stream().map(RouteFile::read).toList();
        for (RouteFile file : files) {
            for (RouteFile.Use use : file.uses()) {
                if (use.template().equals(DECLARES)) {
                    declare(file, use);
                }
            }
        }
        for (RouteFile file : files) {
            file.load(camel);
        }
        for (RouteFile file : files) {
            for (RouteFile.Use use : file.uses()) {
                if (use.template().equals(DECLARES)) {
                    complete(file.path(), use);
                }
            }
        }
    }

    /** Makes a source known before its routes are loaded, which name its bean. */
    private void declare(RouteFile file, RouteFile.Use use) {
        String name = use.parameters().getOrDefault("source", "");
        if (!NAME.matcher(name).matches()) {
            throw new RouteFileException(
                    file.path(),
                    "a source has a name of small letters, digits and hyphens, and '" + name + "' is none",
                    null);
        }
        if (sources.has(name)) {
            throw new RouteFileException(file.path(), "there is a source " + name + " already", null);
        }
        Map<String, String> all = use.complete(camel);
        RestSource source = RestSource.of(all, json, connections);
        sources.add(source);
        camel.getRegistry().bind("rest-" + name, source);
    }

    /** Adds to a source what all have, but for what its files bring themselves. */
    private void complete(Path file, RouteFile.Use use) {
        Map<String, String> values = new HashMap<>(use.complete(camel));
        values.put("folder", Objects.requireNonNull(file.getParent()).toString());
        RestSource source = sources.of(values.getOrDefault("source", ""));
        RouteFile.parts(OF_A_SOURCE).forEach(part -> add(file, part.filled(values)));
        for (String stream : source.streams()) {
            values.put("stream", stream);
            RouteFile.parts(OF_A_STREAM).forEach(part -> add(file, part.filled(values)));
            String walk = source.name() + "-stream-" + stream;
            if (camel.getRoute(walk) == null) {
                throw new RouteFileException(
                        file,
                        source.name() + " names the stream " + stream + ", but no file has its route " + walk,
                        null);
            }
        }
        LOG.info("The source {} came from {}", source.name(), file);
    }

    private void add(Path file, RouteFile.Use part) {
        if (((ModelCamelContext) camel).getRouteDefinition(part.routeId()) != null) {
            return;
        }
        try {
            part.addTo(camel);
        } catch (Exception e) {
            throw new RouteFileException(file, RouteFile.words(e), e);
        }
    }
}
