package io.atmosfera.integration.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.stereotype.Component;

/** Makes tokens: the value that its owner sees once, and the hash that is kept. */
@Component("tokenMint")
public class TokenMint {

    private static final String PREFIX = "atm_";
    private static final int RANDOM_BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    /** A new token. */
    public record Token(String value, byte[] hash) {

        /** Says nothing, so that no log or trace shows a token. */
        @Override
        public String toString() {
            return "Token";
        }
    }

    public Token mint() {
        byte[] secret = new byte[RANDOM_BYTES];
        random.nextBytes(secret);
        return of(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    static Token of(String value) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return new Token(value, digest.digest(value.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
