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
        return currentTarget.getSchemeName().equalsIgnoreCase(newTarget.getSchemeName())
                && currentTarget.getHostName().equalsIgnoreCase(newTarget.getHostName())
                && port(currentTarget) == port(newTarget);
    }

    private static int port(HttpHost host) {
        if (host.getPort() >= 0) {
            return host.getPort();
        }
        return "https".equalsIgnoreCase(host.getSchemeName()) ? 443 : 80;
    }
}
