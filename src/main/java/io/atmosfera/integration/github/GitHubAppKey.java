package io.atmosfera.integration.github;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.RSASSASigner;
import java.security.PrivateKey;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/** The private key of a GitHub App, with which it says that it is itself. */
final class GitHubAppKey {

    private static final int FEWEST_BITS = 2048;

    /** A clock of ours that is ahead must not make the assertion one from the future. */
    private static final Duration EARLIER = Duration.ofSeconds(60);

    /** GitHub takes ten minutes at most, by its own clock. */
    private static final Duration LIFETIME = Duration.ofMinutes(9);

    private final PrivateKey key;

    private GitHubAppKey(PrivateKey key) {
        this.key = key;
    }

    /**
     * Reads a key as GitHub gives it (PKCS#1) or in PKCS#8.
     *
     * @param pem as {@link #lines} leaves it
     * @throws IllegalArgumentException that says what is wrong with it, and nothing of what is in it
     */
    static GitHubAppKey parse(String pem) {
        if (pem.contains("ENCRYPTED")) {
            throw new IllegalArgumentException("is encrypted: give it without a passphrase, it is sealed here");
        }
        PrivateKey key = privateKey(pem);
        if (!(key instanceof RSAKey rsa)) {
            throw new IllegalArgumentException(
                    "must be the App's private key in PEM, from -----BEGIN RSA PRIVATE KEY----- to its END line");
        }
        if (rsa.getModulus().bitLength() < FEWEST_BITS) {
            throw new IllegalArgumentException("must be an RSA key of " + FEWEST_BITS + " bits or more");
        }
        return new GitHubAppKey(key);
    }

    private static @Nullable PrivateKey privateKey(String pem) {
        try {
            return PemContent.of(pem).getPrivateKey();
        } catch (IllegalStateException | IllegalArgumentException malformed) {
            return null;
        }
    }

    /** A PEM with its lines as they should be, however it was pasted: with \n as text, with CR, indented. */
    static String lines(String pasted) {
        return pasted.replace("\\r", "")
                .replace("\\n", "\n")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** A JWT by which the App with an id speaks for some minutes. */
    String assertion(String appId, Instant now) {
        JWSObject jwt = new JWSObject(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .build(),
                new Payload(Map.of(
                        "iat", now.minus(EARLIER).getEpochSecond(),
                        "exp", now.plus(LIFETIME).getEpochSecond(),
                        "iss", appId)));
        try {
            jwt.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("An RSA key always signs RS256", e);
        }
        return jwt.serialize();
    }
}
