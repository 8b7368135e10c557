package io.atmosfera.integration.http;

import io.atmosfera.integration.outbound.Network;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which address a request came from. A proxy that the operator trusts says so in {@code X-Forwarded-For}; what anybody
 * else writes into that header means nothing.
 */
public final class ClientAddresses {

    public static final String FORWARDED_FOR = "X-Forwarded-For";

    /** Of an IPv6 address: what a provider gives to one customer, who has all addresses in it. */
    private static final int NETWORK_BYTES = 8;

    private final List<Network> trusted;

    public ClientAddresses(List<Network> trusted) {
        this.trusted = List.copyOf(trusted);
    }

    /**
     * The address of the client, as a literal without brackets.
     *
     * @param peer      the address at the other end of the connection
     * @param forwarded the values of the header {@link #FORWARDED_FOR}, each a comma list; every proxy adds at the end
     */
    public String of(String peer, List<String> forwarded) {
        String address = plain(peer);
        if (trusted.isEmpty() || !isTrusted(address)) {
            return address;
        }
        List<String> hops = Arrays.asList(String.join(",", forwarded).split(","));
        for (int i = hops.size() - 1; i >= 0; i--) {
            Optional<InetAddress> hop = Network.literal(withoutPort(hops.get(i).trim()));
            if (hop.isEmpty()) {
                // What stands before it was not written by anybody who is trusted.
                return address;
            }
            address = hop.get().getHostAddress();
            if (!isTrusted(address)) {
                return address;
            }
        }
        return address;
    }

    /** Whom an address stands for where limits are concerned: itself, or with IPv6 the network of one customer. */
    public static String party(String address) {
        return Network.literal(plain(address))
                .map(literal -> literal instanceof Inet6Address
                        ? "network " + Arrays.toString(Arrays.copyOf(literal.getAddress(), NETWORK_BYTES))
                        : "address " + literal.getHostAddress())
                .orElse("address unknown");
    }

    private boolean isTrusted(String address) {
        try {
            // A literal: no name is looked up here.
            byte[] bytes = InetAddress.getByName(address).getAddress();
            return trusted.stream().anyMatch(network -> network.contains(bytes));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static String plain(String address) {
        return address.replace("[", "").replace("]", "");
    }

    private static String withoutPort(String hop) {
        int bracket = hop.indexOf(']');
        if (hop.startsWith("[") && bracket > 0) {
            return hop.substring(1, bracket);
        }
        int colon = hop.indexOf(':');
        return colon > 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }
}
