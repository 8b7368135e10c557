package io.atmosfera.integration.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where an embedded start keeps what must survive a restart.
 *
 * @param dataDir the folder; {@code PLATFORM_DATA_DIR}
 */
@ConfigurationProperties("platform")
public record PlatformData(@DefaultValue("./data") Path dataDir) {

    /** The text of a file that {@link #keepSecret} wrote, without blanks around it. */
    public Optional<String> secret(String name) {
        Path file = dataDir.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file).trim()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file, e);
        }
    }

    /** Writes a text into a file of the folder that only its owner may read. */
    public void keepSecret(String name, String text) {
        Path file = dataDir.resolve(name);
        try {
            Files.createDirectories(dataDir);
            // Beside it first: the file is whole or is not there, and nobody else can read it at any time.
            Path beside = Files.createTempFile(dataDir, name, ".new", ownerOnly());
            Files.writeString(beside, text + System.lineSeparator());
            Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + file, e);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
