package io.atmosfera.integration.outbound;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the outbound guard lets through besides https to public addresses: {@code platform.outbound.*}.
 *
 * @param allowHttp       whether http is allowed too
 * @param allowedNetworks private networks that may be called, each as {@code 10.1.0.0/16} or {@code fd00:1::/32}
 */
@ConfigurationProperties("platform.outbound")
public record OutboundProperties(@DefaultValue("false") boolean allowHttp, @DefaultValue List<String> allowedNetworks) {

    public OutboundProperties {
        allowedNetworks =
                allowedNetworks.stream().filter(text -> !text.isBlank()).toList();
        for (String network : allowedNetworks) {
            if (!Network.isOne(network)) {
                throw new IllegalArgumentException(
                        "allowed-networks must be networks such as 10.1.0.0/16, not '" + network + "'");
            }
        }
    }
}
