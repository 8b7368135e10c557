package io.atmosfera.integration.http;

/** How often an address may do wrong: guess at a signature, for example. */
@FunctionalInterface
public interface AddressLimit {

    /**
     * Counts one wrong request of an address.
     *
     * @param address as a literal
     * @return 0 where it is one of those allowed, else the seconds until the next one is
     */
    long secondsToWait(String address);
}
