package io.atmosfera.integration.outbound;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A range of addresses in CIDR form. */
record Network(byte[] address, int prefix) {

    private static final Pattern CIDR = Pattern.compile("([0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)/(\\d{1,3})");

    /** Reads {@code 10.0.0.0/8} or {@code fd00::/8}. */
    static Network parse(String text) {
        var cidr = CIDR.matcher(text.trim());
        if (cidr.matches() && (cidr.group(1).contains(":") || Literals.isPlainIpv4(cidr.group(1)))) {
            try {
                // Only literals get here: no name is looked up.
                byte[] address = InetAddress.getByName(cidr.group(1)).getAddress();
                int prefix = Integer.parseInt(cidr.group(2));
                if (prefix <= address.length * Byte.SIZE) {
                    return new Network(address, prefix);
                }
            } catch (UnknownHostException e) {
                // The same answer as for every other text that is no network.
            }
        }
        throw new IllegalArgumentException("must be networks such as 10.1.0.0/16, not '" + text + "'");
    }

    boolean contains(byte[] other) {
        if (other.length != address.length) {
            return false;
        }
        int rest = address.length * Byte.SIZE - prefix;
        return new BigInteger(1, address).shiftRight(rest).equals(new BigInteger(1, other).shiftRight(rest));
    }
}
