package io.atmosfera.integration.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says who holds the data folder and what to do about it. */
class DataFolderInUseFailureAnalyzer extends AbstractFailureAnalyzer<DataFolderInUseException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, DataFolderInUseException cause) {
        return new FailureAnalysis(
                cause.getMessage(), "Stop that process, or set PLATFORM_DATA_DIR to another folder.", cause);
    }
}
