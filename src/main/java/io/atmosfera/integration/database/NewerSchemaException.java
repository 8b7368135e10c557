package io.atmosfera.integration.database;

/** The database was migrated by a later version of the platform. */
class NewerSchemaException extends RuntimeException {

    NewerSchemaException(String schema, String known) {
        super("The database has the schema of a later version of the platform: %s, where this version knows %s."
                .formatted(schema, known));
    }
}
