package io.atmosfera.integration.outbound;

import java.net.URI;
import java.util.Locale;

/**
 * Where a credential may be sent: scheme, host and port, however they are written.
 *
 * @param scheme http or https
 * @param host   in small letters
 * @param port   the scheme's own where none is named
 */
public record Site(String scheme, String host, int port) {

    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    /** The site of an address. */
    public static Site of(URI address) {
        return of(String.valueOf(address.getScheme()), String.valueOf(address.getHost()), address.getPort());
    }

    /** Whether an address, as another system writes it, is on the site of a base address. */
    public static boolean isOf(String base, String address) {
        try {
            return of(URI.create(address)).equals(of(URI.create(base)));
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
    }

    static Site of(String scheme, String host, int port) {
        String named = scheme.toLowerCase(Locale.ROOT);
        int own = named.equals("https") ? HTTPS : HTTP;
        return new Site(named, host.toLowerCase(Locale.ROOT), port < 0 ? own : port);
    }
}
