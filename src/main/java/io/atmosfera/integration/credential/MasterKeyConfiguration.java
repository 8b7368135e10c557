package io.atmosfera.integration.credential;

import io.atmosfera.integration.database.PlatformData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Finds the master key: given, in a file, or, for an embedded start, made once and kept in the data folder. */
@Configuration(proxyBeanMethods = false)
class MasterKeyConfiguration {

    private static final String FILE = "master-key";
    private static final String REMEDY =
            "Make a key with\n\n    openssl rand -base64 32\n\nand give it as PLATFORM_MASTER_KEY, or its file as"
                    + " PLATFORM_MASTER_KEY_FILE. Keep it safe and apart from the database: without it the stored"
                    + " credentials cannot be read.";

    // Not a properties record: a bean that holds the key could be looked at.
    @Bean
    MasterKey masterKey(
            @Value("${platform.master-key:}") String given,
            @Value("${platform.master-key-file:}") String file,
            PlatformData data,
            Environment environment) {
        if (!given.isBlank()) {
            return parse(given, "PLATFORM_MASTER_KEY");
        }
        if (!file.isBlank()) {
            return parse(read(file), "PLATFORM_MASTER_KEY_FILE (" + file + ")");
        }
        if (environment.acceptsProfiles(Profiles.of("sandbox | embedded"))) {
            return parse(data.secret(FILE).orElseGet(() -> make(data)), "The file " + FILE + " in " + data.dataDir());
        }
        throw new UnusableMasterKeyException("There is no master key, which protects the stored credentials.", REMEDY);
    }

    private static String make(PlatformData data) {
        byte[] key = new byte[MasterKey.BYTES];
        new SecureRandom().nextBytes(key);
        String text = Base64.getEncoder().encodeToString(key);
        data.keepSecret(FILE, text);
        return text;
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new UnusableMasterKeyException(
                    "PLATFORM_MASTER_KEY_FILE names " + file + ", which cannot be read.", REMEDY);
        }
    }

    private static MasterKey parse(String text, String source) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(text.trim());
        } catch (IllegalArgumentException e) {
            throw new UnusableMasterKeyException(source + " is not Base64.", REMEDY);
        }
        if (key.length != MasterKey.BYTES) {
            throw new UnusableMasterKeyException(
                    source + " has " + key.length + " bytes in place of " + MasterKey.BYTES + ".", REMEDY);
        }
        return new MasterKey(key);
    }
}
