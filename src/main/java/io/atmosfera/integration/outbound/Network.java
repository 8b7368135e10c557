package io.atmosfera.integration.outbound;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A range of addresses in CIDR form. */
public record Network(byte[] address, int prefix) {

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern CIDR = Pattern.compile("(" + ADDRESS + ")/(\\d{1,3})");

    public static boolean isOne(String text) {
        return read(text).isPresent();
    }

    /** Reads {@code 10.0.0.0/8} or {@code fd00::/8}. */
    public static Network parse(String text) {
        return read(text).orElseThrow(() -> new IllegalArgumentException("Not a network: " + text));
    }

    /** Reads an address that is written as a literal; empty for anything else, a name above all. */
    public static Optional<InetAddress> literal(String text) {
        if (ADDRESS.matcher(text).matches() && (text.contains(":") || Literals.isPlainIpv4(text))) {
            try {
                // Only literals get here: no name is looked up.
                return Optional.of(InetAddress.getByName(text));
            } catch (UnknownHostException e) {
                // The same answer as for every other text that is no address.
            }
        }
        return Optional.empty();
    }

    private static Optional<Network> read(String text) {
        var cidr = CIDR.matcher(text.trim());
        if (!cidr.matches()) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(cidr.group(2));
        return literal(cidr.group(1))
                .map(InetAddress::getAddress)
                .filter(address -> prefix <= address.length * Byte.SIZE)
                .map(address -> new Network(address, prefix));
    }

    public boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        int rest = address.length * Byte.SIZE - prefix;
        return new BigInteger(1, address).shiftRight(rest).equals(new BigInteger(1, other).shiftRight(rest));
    }
}
