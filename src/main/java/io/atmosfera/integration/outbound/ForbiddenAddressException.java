package io.atmosfera.integration.outbound;

public class ForbiddenAddressException extends RuntimeException {
    ForbiddenAddressException(String m) {
        super(m);
    }
}
