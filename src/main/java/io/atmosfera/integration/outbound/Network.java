package io.atmosfera.integration.outbound;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** A range of addresses in CIDR form. */
public record Network(byte[] address, int prefix) {

    private static final Pattern CIDR = Pattern.compile("([0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)/(\\d{1,3})");

    public static boolean isOne(String text) {
        return read(text).isPresent();
    }

    /** Reads {@code 10.0.0.0/8} or {@code fd00::/8}. */
    public static Network parse(String text) {
        return read(text).orElseThrow(() -> new IllegalArgumentException("Not a network: " + text));
    }

    private static Optional<Network> read(String text) {
        var cidr = CIDR.matcher(text.trim());
        if (cidr.matches() && (cidr.group(1).contains(":") || Literals.isPlainIpv4(cidr.group(1)))) {
            try {
                // Only literals get here: no name is looked up.
                byte[] address = InetAddress.getByName(cidr.group(1)).getAddress();
                int prefix = Integer.parseInt(cidr.group(2));
                if (prefix <= address.length * Byte.SIZE) {
                    return Optional.of(new Network(address, prefix));
                }
            } catch (UnknownHostException e) {
                // The same answer as for every other text that is no network.
            }
        }
        return Optional.empty();
    }

    public boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        int rest = address.length * Byte.SIZE - prefix;
        return new BigInteger(1, address).shiftRight(rest).equals(new BigInteger(1, other).shiftRight(rest));
    }
}
