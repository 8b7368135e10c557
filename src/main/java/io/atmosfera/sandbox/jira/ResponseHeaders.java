package io.atmosfera.sandbox.jira;

import io.atmosfera.sandbox.http.Reply;
import java.util.Locale;

/** The headers that come with every answer of the API. No rate limit headers: those come with a fault. */
final class ResponseHeaders {

    private ResponseHeaders() {}

    static Reply common(Reply reply, Site site, long requestNumber) {
        String id = String.format(Locale.ROOT, "%08x-%04x", requestNumber * 2654435761L & 0xffffffffL, requestNumber);
        Reply more = reply.with("X-AREQUESTID", id)
                .with("Cache-Control", "no-cache, no-store, no-transform")
                .with("X-Content-Type-Options", "nosniff")
                .with("X-XSS-Protection", "1; mode=block")
                .with("Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload");
        return site.isCloud()
                ? more.with("Server", "AtlassianEdge").with("Atl-Traceid", id.replace("-", ""))
                : more.with("X-ANODEID", "node1").with("Vary", "User-Agent");
    }

    static Reply login(Reply reply, Site site, Credentials.Outcome who) {
        Person caller = site.catalog().caller();
        return switch (who) {
            case ACCEPTED ->
                site.isCloud()
                        ? reply.with("X-AACCOUNTID", caller.accountId()).with("X-AUSERNAME", caller.email())
                        : reply.with("X-AUSERNAME", caller.name()).with("X-Seraph-LoginReason", "OK");
            case REFUSED -> reply.with("X-Seraph-LoginReason", "AUTHENTICATED_FAILED");
            case NONE -> reply.with("X-AUSERNAME", "anonymous");
        };
    }
}
