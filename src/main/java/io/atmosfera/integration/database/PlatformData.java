package io.atmosfera.integration.database;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where an embedded start keeps what must survive a restart.
 *
 * @param dataDir the folder; {@code PLATFORM_DATA_DIR}
 */
@ConfigurationProperties("platform")
public record PlatformData(@DefaultValue("./data") Path dataDir) {}
