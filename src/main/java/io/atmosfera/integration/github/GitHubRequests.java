package io.atmosfera.integration.github;

import io.atmosfera.integration.outbound.OutboundRequest;
import org.apache.camel.Variable;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Requests as GitHub wants them. */
@Component("githubRequests")
public class GitHubRequests {

    private static final String ACCEPT = "application/vnd.github+json";
    private static final String VERSION = "2022-11-28";

    private static OutboundRequest get(GitHubConnection connection, String url) {
        return OutboundRequest.get(connection.id(), url, ACCEPT).ofVersion(VERSION);
    }

    /**
     * A question, with a payload one of GraphQL. The route passes no arguments: from one Camel would take the quotes of an ETag.
     *
     * @param etag where only another state than this is wanted; null for any
     */
    public OutboundRequest question(
            @Variable("connection") GitHubConnection connection,
            @Variable("url") String url,
            @Variable("etag") @Nullable String etag,
            @Variable("payload") @Nullable String payload) {
        OutboundRequest question = get(connection, url).unlike(etag);
        return payload == null ? question : question.by("POST", payload);
    }

    /** What makes or mends a hook; its secret is filled in inside the HTTP client. */
    public OutboundRequest hook(GitHubConnection connection, GitHubHooks.Plan plan) {
        return get(connection, plan.url()).by(plan.method(), plan.payload()).filling("webhookSecret");
    }

    /** What has a delivery sent again. */
    public OutboundRequest post(GitHubConnection connection, String url) {
        return get(connection, url).by("POST", "{}");
    }

    public OutboundRequest delete(GitHubConnection connection, String url) {
        return get(connection, url).by("DELETE", null);
    }
}
