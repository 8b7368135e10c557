package io.atmosfera.integration.webhook;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** HMAC-SHA256 over the bytes as received: a reserialized JSON would have different ones. */
final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String METHOD = "sha256=";
    private static final int DIGITS = 64;

    private WebhookSignature() {}

    static SecretKeySpec key(byte[] secret) {
        return new SecretKeySpec(secret, ALGORITHM);
    }

    /** The digest in a header such as {@code sha256=757107…}; null where it is none. Only this method is allowed. */
    static byte @Nullable [] digest(@Nullable String header) {
        if (header == null
                || header.length() != METHOD.length() + DIGITS
                || !header.regionMatches(true, 0, METHOD, 0, METHOD.length())) {
            return null;
        }
        try {
            return HexFormat.of().parseHex(header, METHOD.length(), header.length());
        } catch (IllegalArgumentException notHexadecimal) {
            return null;
        }
    }

    /** A hash with this key of what is still to come. */
    static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }

    /** Whether two digests are the same, in a time that does not depend on where they differ. */
    static boolean isEqual(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }

    /** Whether the digest is that of the body with this key. */
    static boolean matches(byte[] digest, byte[] body, SecretKeySpec key) {
        return isEqual(digest, mac(key).doFinal(body));
    }
}
