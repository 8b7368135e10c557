package io.atmosfera.integration.outbound;

import java.util.regex.Pattern;

/** Addresses written as numbers. */
final class Literals {

    private static final Pattern BYTE = Pattern.compile("0|[1-9]\\d{0,2}");
    private static final Pattern NUMBER = Pattern.compile("(?i)\\d+|0x[0-9a-f]*");

    private Literals() {}

    /** Whether this is an IPv4 address as everybody writes it: four decimal numbers without leading zeros. */
    static boolean isPlainIpv4(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (!BYTE.matcher(part).matches() || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether this is a number that programs read in different ways: one number for all four bytes, octal,
     * hexadecimal, fewer parts. No host name ends in a number.
     */
    static boolean isOddNumber(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        String last = name.substring(name.lastIndexOf('.') + 1);
        return host.indexOf(':') < 0 && NUMBER.matcher(last).matches() && !isPlainIpv4(host);
    }
}
