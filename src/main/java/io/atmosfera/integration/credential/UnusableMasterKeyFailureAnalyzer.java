package io.atmosfera.integration.credential;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what is wrong with the master key and what to do about it. */
class UnusableMasterKeyFailureAnalyzer extends AbstractFailureAnalyzer<UnusableMasterKeyException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, UnusableMasterKeyException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
    }
}
