package io.atmosfera.integration.outbound;

/** An address may not be called; the message tells an administrator which and why. */
public class ForbiddenAddressException extends RuntimeException implements RootCause {

    ForbiddenAddressException(String message) {
        super(message);
    }
}
