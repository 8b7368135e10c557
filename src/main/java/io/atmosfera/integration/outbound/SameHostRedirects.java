package io.atmosfera.integration.outbound;

import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Redirects that stay where they are: the credentials that go along are for this host alone. */
class SameHostRedirects extends DefaultRedirectStrategy {

    @Override
    public boolean isRedirectAllowed(
            HttpHost currentTarget, HttpHost newTarget, HttpRequest redirect, HttpContext context) {
        return site(currentTarget).equals(site(newTarget));
    }

    private static Site site(HttpHost host) {
        return Site.of(host.getSchemeName(), host.getHostName(), host.getPort());
    }
}
