package io.atmosfera.sandbox.jira;

import java.time.Clock;

/** What the endpoints share. */
record Site(
        Deployment deployment,
        String baseUri,
        Catalog catalog,
        IssueStore store,
        IssueRenderer renderer,
        Workflow workflow,
        JiraTime time,
        Clock clock,
        int maxPageSize,
        int maxIdOnlyPageSize) {

    boolean isCloud() {
        return deployment == Deployment.CLOUD;
    }
}
