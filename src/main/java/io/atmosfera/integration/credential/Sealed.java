package io.atmosfera.integration.credential;

/**
 * A secret as it is kept.
 *
 * @param keyId      the data key that seals it
 * @param ciphertext the id again (8 bytes), then what Tink made of the secret
 */
public record Sealed(long keyId, byte[] ciphertext) {}
