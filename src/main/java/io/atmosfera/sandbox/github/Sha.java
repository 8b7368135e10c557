package io.atmosfera.sandbox.github;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Names of Git objects. */
final class Sha {

    static final String NONE = "0".repeat(40);

    private Sha() {}

    /** The name of a file's contents, as Git computes it. */
    static String ofBlob(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return of("blob " + bytes.length + "\0" + text);
    }

    /** A name that follows from a text. */
    static String of(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-1", e);
        }
    }
}
