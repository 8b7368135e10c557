package io.atmosfera.integration.source;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says which file of the routes folder is wrong, and what is. */
class RouteFileFailureAnalyzer extends AbstractFailureAnalyzer<RouteFileException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, RouteFileException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Correct the file, or take it out of the folder (platform.routes-dir); --check-routes tells the same without a"
                        + " start.",
                cause);
    }
}
