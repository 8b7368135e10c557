package io.atmosfera.integration.credential;

import com.google.crypto.tink.Aead;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Seals and opens the secrets of other systems. A secret is bound to its {@linkplain #context context}, so that a ciphertext is
 * of no use in another place.
 *
 * <p>The table {@code integration_secrets} refuses a secret whose key was destroyed since it was sealed, with a
 * serialization failure: seal it again.
 */
@Component("credentialVault")
public class CredentialVault {

    /** A key can be destroyed between choosing and using it only if rotations follow on each other's heels. */
    private static final int ATTEMPTS = 3;

    private final DataKeys keys;

    CredentialVault(DataKeys keys) {
        this.keys = keys;
    }

    /** The context of a secret of a project's connection. */
    public static String context(long projectId, String integrationType, String name) {
        return "integration/" + projectId + "/" + integrationType + "/" + name;
    }

    /** Seals a secret with the key that is active now. */
    public Sealed seal(String context, String plaintext) {
        return seal(context, plaintext.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Opens a secret.
     *
     * @throws CredentialException if it was sealed for another context, was tampered with, or its key is destroyed
     */
    public String open(String context, long keyId, byte[] ciphertext) {
        return new String(bytes(context, keyId, ciphertext), StandardCharsets.UTF_8);
    }

    Sealed seal(String context, byte[] plaintext) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Long id = keys.active();
            Sealed sealed = id == null ? null : seal(id, context, plaintext);
            if (sealed != null) {
                return sealed;
            }
        }
        throw new CredentialException("The secret " + context + " cannot be sealed: no data key is active", null);
    }

    /** Seals with that key; null where it is destroyed. */
    @Nullable
    Sealed seal(long keyId, String context, byte[] plaintext) {
        Aead key = keys.get(keyId);
        if (key == null) {
            return null;
        }
        try {
            byte[] encrypted = key.encrypt(plaintext, context.getBytes(StandardCharsets.UTF_8));
            byte[] ciphertext = ByteBuffer.allocate(Long.BYTES + encrypted.length)
                    .putLong(keyId)
                    .put(encrypted)
                    .array();
            return new Sealed(keyId, ciphertext);
        } catch (GeneralSecurityException e) {
            throw new CredentialException("The secret " + context + " cannot be sealed", e);
        }
    }

    byte[] bytes(String context, long keyId, byte[] ciphertext) {
        ByteBuffer sealed = ByteBuffer.wrap(ciphertext);
        if (sealed.remaining() < Long.BYTES || sealed.getLong() != keyId) {
            throw new CredentialException("The secret " + context + " does not belong to the key " + keyId, null);
        }
        Aead key = keys.get(keyId);
        if (key == null) {
            throw new CredentialException(
                    "The secret " + context + " cannot be opened: its key " + keyId + " is destroyed", null);
        }
        byte[] encrypted = new byte[sealed.remaining()];
        sealed.get(encrypted);
        try {
            return key.decrypt(encrypted, context.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new CredentialException(
                    "The secret " + context + " cannot be opened: it was changed, or belongs elsewhere", e);
        }
    }
}
