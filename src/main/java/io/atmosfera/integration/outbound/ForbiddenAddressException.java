package io.atmosfera.integration.outbound;

/** An address may not be called; the message tells an administrator which and why. */
public class ForbiddenAddressException extends RuntimeException {

    ForbiddenAddressException(String message) {
        super(message);
    }
}
