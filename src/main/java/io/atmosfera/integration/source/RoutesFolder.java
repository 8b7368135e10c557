package io.atmosfera.integration.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the routes are that come without the platform.
 *
 * @param routesDir the folder; each folder in it is a source. A text: what is bound to a Path may mean a resource, and there
 *                  are routes among these
 */
@ConfigurationProperties("platform")
public record RoutesFolder(@DefaultValue(RoutesFolder.DEFAULT) String routesDir) {

    static final String DEFAULT = "./routes";

    private static final String ENDING = ".camel.yaml";

    /** Files of routes may stand in the folder itself and in the folders in it. */
    private static final int DEPTH = 2;

    /**
     * The files of routes in the folder, in the order of their names; none where nobody made the folder.
     *
     * @throws RouteFileException where it cannot be read, or was named and is not there
     */
    List<Path> files() {
        Path folder = Path.of(routesDir);
        if (!Files.isDirectory(folder)) {
            if (routesDir.equals(DEFAULT) && !Files.exists(folder)) {
                return List.of();
            }
            throw new RouteFileException(folder, "it is no folder, but platform.routes-dir names it as one", null);
        }
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .filter(Files::isRegularFile)
                    .map(file -> file.toAbsolutePath().normalize())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new RouteFileException(folder, "it cannot be read: " + e.getMessage(), e);
        }
    }
}
