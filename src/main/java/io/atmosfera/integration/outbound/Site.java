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

    static Site of(String scheme, String host, int port) {
        String named = scheme.toLowerCase(Locale.ROOT);
        int own = named.equals("https") ? HTTPS : HTTP;
        return new Site(named, host.toLowerCase(Locale.ROOT), port < 0 ? own : port);
    }
}
