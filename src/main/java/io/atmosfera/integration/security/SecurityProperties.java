package io.atmosfera.integration.security;

import io.atmosfera.integration.outbound.Network;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the platform protects itself: {@code platform.security.*}.
 *
 * @param trustedProxies the networks, as CIDR, of the proxies whose {@code X-Forwarded-For} is believed
 */
@Validated
@ConfigurationProperties("platform.security")
public record SecurityProperties(
        @Valid @DefaultValue Encryption encryption,
        @Valid @DefaultValue Authentication authentication,
        @Valid @DefaultValue DataValidation dataValidation,
        @DefaultValue List<String> trustedProxies) {

    public SecurityProperties {
        for (String network : trustedProxies) {
            if (!Network.isOne(network)) {
                throw new IllegalArgumentException(
                        "trusted-proxies has '" + network + "', which is not a network such as 10.0.0.0/8");
            }
        }
    }

    /**
     * Secrets at rest.
     *
     * @param algorithm       the one there is
     * @param keyRotationDays the age in days at which the data key is replaced; 0 for never
     */
    public record Encryption(
            @DefaultValue("AES256_GCM") @Pattern(regexp = "AES256_GCM", message = "must be AES256_GCM")
                    String algorithm,
            @DefaultValue("90") @Min(0) @Max(3650) int keyRotationDays) {}

    /**
     * Tokens and their use.
     *
     * @param tokenExpiration  the days that a token lives for whose maker does not say
     * @param maxTokensPerUser the most unexpired tokens that one user may have
     */
    public record Authentication(
            @DefaultValue("90") @Min(1) @Max(3650) int tokenExpiration,
            @DefaultValue("10") @Min(1) int maxTokensPerUser,
            @Valid @DefaultValue RateLimiting rateLimiting) {}

    /**
     * How often one token, or one address without a token, may ask.
     *
     * @param windowMs    milliseconds
     * @param maxRequests the requests in them
     */
    public record RateLimiting(
            @DefaultValue("60000") @Min(1) @Max(86_400_000) long windowMs,
            @DefaultValue("1200") @Min(1) @Max(1_000_000_000) long maxRequests) {}

    /**
     * What may come in.
     *
     * @param maxPayloadSize the largest body of the JSON API, up to 100 MB
     */
    public record DataValidation(@DefaultValue("1MB") DataSize maxPayloadSize) {

        private static final DataSize MOST = DataSize.ofMegabytes(100);

        public DataValidation {
            if (maxPayloadSize.toBytes() < 1 || maxPayloadSize.compareTo(MOST) > 0) {
                throw new IllegalArgumentException("max-payload-size must be between 1B and 100MB");
            }
        }
    }
}
