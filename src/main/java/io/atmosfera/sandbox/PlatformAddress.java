package io.atmosfera.sandbox;

import java.net.URI;
import java.util.Optional;
import org.springframework.core.env.Environment;

/** Where the platform beside the sandbox listens, as its settings say. */
final class PlatformAddress {

    private PlatformAddress() {}

    /**
     * The address by plain HTTP, without a slash at the end. Empty where the port is not known yet, and with TLS, whose
     * certificate nobody here vouches for.
     *
     * @param port the setting that says the port
     */
    static Optional<URI> of(Environment environment, String port) {
        int number = environment.getProperty(port, Integer.class, 0);
        boolean tls = environment.getProperty("server.ssl.enabled", Boolean.class, false);
        String address = environment.getProperty("server.address", "");
        String host = address.isBlank() || address.equals("0.0.0.0") || address.equals("::") ? "127.0.0.1" : address;
        return number <= 0 || tls
                ? Optional.empty()
                : Optional.of(URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + number));
    }
}
