package io.atmosfera.integration.credential;

import com.google.crypto.tink.AccessesPartialKey;
import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmParameters;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.util.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** The key of keys: it wraps the data keys and never touches a secret itself. */
final class MasterKey {

    static final int BYTES = 32;

    private final Aead aead;

    @AccessesPartialKey // The key comes from outside, as bytes.
    MasterKey(byte[] key) {
        try {
            AeadConfig.register();
            AesGcmParameters parameters = AesGcmParameters.builder()
                    .setKeySizeBytes(BYTES)
                    .setIvSizeBytes(12)
                    .setTagSizeBytes(16)
                    .setVariant(AesGcmParameters.Variant.NO_PREFIX)
                    .build();
            AesGcmKey imported = AesGcmKey.builder()
                    .setParameters(parameters)
                    .setKeyBytes(SecretBytes.copyFrom(key, InsecureSecretKeyAccess.get()))
                    .build();
            this.aead = KeysetHandle.newBuilder()
                    .addEntry(KeysetHandle.importKey(imported).withFixedId(1).makePrimary())
                    .build()
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key of 32 bytes is always usable", e);
        }
    }

    /** Makes a data key and wraps it for the row of that id. */
    byte[] newDataKey(long id) throws GeneralSecurityException {
        KeysetHandle handle = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
        return TinkProtoKeysetFormat.serializeEncryptedKeyset(handle, aead, purpose(id));
    }

    /** Unwraps the data key of that row; fails where another master key wrapped it, or for another row. */
    Aead dataKey(long id, byte[] wrapped) throws GeneralSecurityException {
        return TinkProtoKeysetFormat.parseEncryptedKeyset(wrapped, aead, purpose(id))
                .getPrimitive(RegistryConfiguration.get(), Aead.class);
    }

    private static byte[] purpose(long id) {
        return ("encryption_keys/" + id).getBytes(StandardCharsets.UTF_8);
    }
}
