package io.atmosfera.integration.jira;

import io.atmosfera.integration.sync.PageRequest;

/**
 * A batch of stored payloads, as a page of a replay.
 *
 * @param run    the replay
 * @param ticket the ticket behind which the batch begins
 */
public record KeptRequest(SyncRun run, long ticket) implements PageRequest {

    @Override
    public String fetchRoute() {
        return "jira-kept-fetch";
    }

    @Override
    public String prepareRoute() {
        return "jira-kept-prepare";
    }
}
