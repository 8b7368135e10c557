package io.atmosfera.integration.credential;

import org.jspecify.annotations.Nullable;

/** A secret could not be sealed or opened. The message names the secret, never what it says. */
public class CredentialException extends RuntimeException {

    CredentialException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
