package io.atmosfera.integration.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The addresses that no service on the Internet has (IANA's special-purpose registries), each with its kind. */
final class SpecialAddresses {

    private static final Map<Network, String> KINDS = kinds();

    private static final Network NAT64 = Network.parse("64:ff9b::/96");
    private static final Network SIX_TO_FOUR = Network.parse("2002::/16");
    private static final Network TEREDO = Network.parse("2001::/32");
    private static final Network MAPPED = Network.parse("::/80");

    private SpecialAddresses() {}

    private static Map<Network, String> kinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("169.254.169.254/32", "a cloud's metadata address");
        kinds.put("fd00:ec2::254/128", "a cloud's metadata address");
        kinds.put("0.0.0.0/8", "an unspecified address");
        kinds.put("10.0.0.0/8", "a private address");
        kinds.put("100.64.0.0/10", "an address inside a provider's network");
        kinds.put("127.0.0.0/8", "a loopback address");
        kinds.put("169.254.0.0/16", "a link-local address");
        kinds.put("172.16.0.0/12", "a private address");
        kinds.put("192.0.0.0/24", "a reserved address");
        kinds.put("192.88.99.0/24", "a reserved address");
        kinds.put("192.168.0.0/16", "a private address");
        kinds.put("198.18.0.0/15", "a reserved address");
        kinds.put("224.0.0.0/4", "a multicast address");
        kinds.put("240.0.0.0/4", "a reserved address");
        kinds.put("::/128", "an unspecified address");
        kinds.put("::1/128", "a loopback address");
        kinds.put("64:ff9b:1::/48", "a private address");
        kinds.put("100::/64", "a reserved address");
        kinds.put("fc00::/7", "a private address");
        kinds.put("fe80::/10", "a link-local address");
        kinds.put("fec0::/10", "a private address");
        kinds.put("ff00::/8", "a multicast address");
        Map<Network, String> networks = new LinkedHashMap<>();
        kinds.forEach((network, kind) -> networks.put(Network.parse(network), kind));
        return networks;
    }

    /** What is special about an address, in words; empty for an ordinary public one. */
    static Optional<String> kind(InetAddress address) {
        byte[] bytes = address.getAddress();
        Optional<String> kind = KINDS.entrySet().stream()
                .filter(network -> network.getKey().contains(bytes))
                .map(Map.Entry::getValue)
                .findFirst();
        return kind.isPresent() ? kind : embedded(bytes).flatMap(SpecialAddresses::kind);
    }

    /** The IPv4 address that an IPv6 address stands for or leads to. */
    static Optional<InetAddress> embedded(byte[] bytes) {
        if (MAPPED.contains(bytes) || NAT64.contains(bytes)) {
            return Optional.of(ipv4(Arrays.copyOfRange(bytes, 12, 16)));
        }
        if (SIX_TO_FOUR.contains(bytes)) {
            return Optional.of(ipv4(Arrays.copyOfRange(bytes, 2, 6)));
        }
        if (TEREDO.contains(bytes)) {
            byte[] client = Arrays.copyOfRange(bytes, 12, 16);
            for (int i = 0; i < client.length; i++) {
                client[i] = (byte) ~client[i];
            }
            return Optional.of(ipv4(client));
        }
        return Optional.empty();
    }

    private static InetAddress ipv4(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are always an address", e);
        }
    }
}
