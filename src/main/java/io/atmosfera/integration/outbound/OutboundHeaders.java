package io.atmosfera.integration.outbound;

import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultHeaderFilterStrategy;
import org.springframework.stereotype.Component;

/** Of a message's headers only these leave with a call; whatever a client of ours sent stays here. */
@Component("outboundHeaders")
public class OutboundHeaders extends DefaultHeaderFilterStrategy {

    private static final Set<String> ALLOWED = Set.of(
            "Accept",
            "Content-Type",
            "X-GitHub-Api-Version",
            "If-None-Match",
            OutboundHttp.CONNECTION_HEADER,
            OutboundCredential.FILL_HEADER);

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !ALLOWED.contains(name);
    }
}
