package io.atmosfera.integration.source;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file of the routes folder cannot be used as it is. */
class RouteFileException extends RuntimeException {

    RouteFileException(Path file, String what, @Nullable Throwable cause) {
        super(file + " cannot be loaded: " + what + ".", cause);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
