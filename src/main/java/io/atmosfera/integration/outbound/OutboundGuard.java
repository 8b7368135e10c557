package io.atmosfera.integration.outbound;

import java.net.URI;
import org.springframework.stereotype.Component;

@Component
public class OutboundGuard {
    public void check(URI u) {}

    org.apache.hc.client5.http.DnsResolver dnsResolver() {
        return org.apache.hc.client5.http.SystemDefaultDnsResolver.INSTANCE;
    }

    org.apache.hc.client5.http.protocol.RedirectStrategy guardedRedirectStrategy() {
        return org.apache.hc.client5.http.impl.DefaultRedirectStrategy.INSTANCE;
    }
}
