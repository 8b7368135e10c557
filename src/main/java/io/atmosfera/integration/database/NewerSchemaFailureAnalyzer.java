package io.atmosfera.integration.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says that this version must not work on the database, and which one may. */
class NewerSchemaFailureAnalyzer extends AbstractFailureAnalyzer<NewerSchemaException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, NewerSchemaException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Start the version that migrated it or a later one, or restore the backup made before that migration.",
                cause);
    }
}
