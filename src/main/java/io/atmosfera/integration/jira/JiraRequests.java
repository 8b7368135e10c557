package io.atmosfera.integration.jira;

import io.atmosfera.integration.outbound.OutboundRequest;
import org.springframework.stereotype.Component;

/** Requests as Jira wants them. */
@Component("jiraRequests")
public class JiraRequests {

    private final LongSearch longSearch;

    JiraRequests(LongSearch longSearch) {
        this.longSearch = longSearch;
    }

    /** A question; a search that is too long for an address is one by POST. */
    public OutboundRequest get(JiraConnection connection, String url) {
        LongSearch.Post post = longSearch.of(url);
        return post == null ? to(connection, url) : post(connection, post.url(), post.payload());
    }

    public OutboundRequest post(JiraConnection connection, String url, String payload) {
        return to(connection, url).by("POST", payload);
    }

    public OutboundRequest delete(JiraConnection connection, String url) {
        return to(connection, url).by("DELETE", null);
    }

    private static OutboundRequest to(JiraConnection connection, String url) {
        return OutboundRequest.get(connection.id(), url, OutboundRequest.JSON);
    }
}
