package io.atmosfera.integration.credential;

/** The platform cannot start with the master key that it has, or has not. */
class UnusableMasterKeyException extends RuntimeException {

    private final String remedy;

    UnusableMasterKeyException(String message, String remedy) {
        super(message);
        this.remedy = remedy;
    }

    String remedy() {
        return remedy;
    }
}
