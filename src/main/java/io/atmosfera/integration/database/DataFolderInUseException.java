package io.atmosfera.integration.database;

import java.nio.file.Path;

/** Another process works in the folder of the embedded PostgreSQL. */
class DataFolderInUseException extends RuntimeException {

    DataFolderInUseException(Path folder, String by) {
        super("The folder " + folder + " is in use by " + by + ".");
    }
}
