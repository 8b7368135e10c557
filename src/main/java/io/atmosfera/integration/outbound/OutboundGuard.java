package io.atmosfera.integration.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.protocol.RedirectStrategy;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Keeps addresses that users give from leading into the platform's own network: when they are entered ({@link #check}),
 * when they are connected to ({@link #dnsResolver}: a name may lead elsewhere by then), and when an answer sends the
 * call on ({@link #guardedRedirectStrategy}).
 */
@Component("outboundGuard")
public class OutboundGuard {

    private final boolean allowHttp;
    private final List<Network> allowed;
    private final DnsResolver dns;

    @Autowired
    OutboundGuard(OutboundProperties properties) {
        this(properties, SystemDefaultDnsResolver.INSTANCE);
    }

    OutboundGuard(OutboundProperties properties, DnsResolver dns) {
        this.allowHttp = properties.allowHttp();
        this.allowed = properties.allowedNetworks().stream().map(Network::parse).toList();
        this.dns = dns;
    }

    /**
     * Checks an address that is to be called. A name that cannot be resolved passes: nothing can be reached by it.
     *
     * @throws ForbiddenAddressException if it may not be called
     */
    public void check(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(scheme.equals("http") && allowHttp)) {
            throw new ForbiddenAddressException(
                    scheme.equals("http")
                            ? "The address must begin with https:// (platform.outbound.allow-http allows http too)."
                            : "The address must begin with https://.");
        }
        String authority = address.getRawAuthority();
        if (authority != null && authority.indexOf('@') >= 0) {
            throw new ForbiddenAddressException("The address must not contain a user name or a password.");
        }
        String host = address.getHost();
        if (host == null) {
            throw new ForbiddenAddressException(
                    authority == null || !Literals.isOddNumber(authority.replaceFirst(":\\d*$", ""))
                            ? "The address has no host name that can be read."
                            : oddNumber(authority));
        }
        try {
            resolve(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
        } catch (UnknownHostException e) {
            // Connecting will say so, in its own words.
        }
    }

    /**
     * Resolves names for connections and refuses, with an {@link UnknownHostException} caused by a {@link
     * ForbiddenAddressException}, those that lead to a forbidden address.
     */
    public DnsResolver dnsResolver() {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                try {
                    return OutboundGuard.this.resolve(host);
                } catch (ForbiddenAddressException e) {
                    UnknownHostException refused = new UnknownHostException(e.getMessage());
                    refused.initCause(e);
                    throw refused;
                }
            }

            @Override
            public String resolveCanonicalHostname(String host) throws UnknownHostException {
                return dns.resolveCanonicalHostname(host);
            }
        };
    }

    /** Follows redirects only to the same scheme, host and port; another one is left to the caller as it came. */
    public RedirectStrategy guardedRedirectStrategy() {
        return new SameHostRedirects();
    }

    private InetAddress[] resolve(String host) throws UnknownHostException {
        if (Literals.isOddNumber(host)) {
            throw new ForbiddenAddressException(oddNumber(host));
        }
        InetAddress[] addresses = dns.resolve(host);
        for (InetAddress address : addresses) {
            Optional<String> kind = SpecialAddresses.kind(address);
            if (kind.isPresent() && !isAllowed(address)) {
                throw new ForbiddenAddressException("The host " + host + " is " + address.getHostAddress() + ", "
                        + kind.get() + ", which may not be called (platform.outbound.allowed-networks allows it).");
            }
        }
        return addresses;
    }

    private boolean isAllowed(InetAddress address) {
        return allowed.stream().anyMatch(network -> network.contains(address.getAddress()))
                || SpecialAddresses.embedded(address.getAddress())
                        .filter(this::isAllowed)
                        .isPresent();
    }

    private static String oddNumber(String host) {
        return "The host " + host + " is a number that is read in different ways; write an address as 192.0.2.1.";
    }
}
