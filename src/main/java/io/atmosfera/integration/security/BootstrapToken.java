package io.atmosfera.integration.security;

import io.atmosfera.integration.database.PlatformData;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The first administrator's token. It is the one in {@code PLATFORM_ADMIN_TOKEN}; without one, a random token is made
 * when nobody could get in as administrator, which is so at the first start.
 */
@Component
public class BootstrapToken {

    private static final String FILE = "admin-token";

    // The same value may have come another way before: as the random token of the first start.
    private static final String TAKE_OVER = "DELETE FROM api_tokens WHERE token_hash = :hash AND origin <> :origin";

    private static final String REPLACE =
            """
            WITH kept AS (
                INSERT INTO api_tokens AS t (name, role, token_hash, origin) VALUES (:origin, 'ADMIN', :hash, :origin)
                ON CONFLICT (origin) WHERE origin <> 'api'
                DO UPDATE SET token_hash = excluded.token_hash, created_at = now(), last_used_at = NULL
                WHERE t.token_hash <> excluded.token_hash
                RETURNING id
            )
            INSERT INTO audit_log (actor, action, target, after)
            SELECT 'system', 'token.create', 'token/' || id, jsonb_build_object('name', :origin, 'role', 'ADMIN')
            FROM kept""";

    private static final String END =
            """
            WITH ended AS (DELETE FROM api_tokens WHERE origin = :origin RETURNING *)
            INSERT INTO audit_log (actor, action, target, before)
            SELECT 'system', 'token.delete', 'token/' || id, jsonb_build_object('name', name, 'role', role)
            FROM ended""";

    private static final String SOMEBODY_GETS_IN = "SELECT administrator_remains(NULL, NULL)";

    private static final String IS_VALID =
            "SELECT EXISTS (SELECT FROM api_tokens WHERE origin = 'bootstrap' AND token_hash = ?)";

    private final JdbcClient jdbc;
    private final TokenMint mint;
    private final AtomicReference<@Nullable String> shown = new AtomicReference<>();

    BootstrapToken(
            JdbcClient jdbc,
            TokenMint mint,
            PlatformData data,
            Environment environment,
            @Value("${platform.admin-token:}") String given) {
        this.jdbc = jdbc;
        this.mint = mint;
        boolean keepsFile = environment.acceptsProfiles(Profiles.of("sandbox | embedded"));
        if (!given.isBlank()) {
            replace("environment", TokenMint.of(given.trim()));
        } else {
            jdbc.sql(END).param("origin", "environment").update();
            shown.set(keepsFile ? fromFile(data) : atFirstStart());
        }
    }

    /** The random token, for the start message; empty when asked again, and where there is nothing to show. */
    public Optional<String> shownOnce() {
        return Optional.ofNullable(shown.getAndSet(null));
    }

    private @Nullable String atFirstStart() {
        return somebodyGetsIn() ? null : make();
    }

    private @Nullable String fromFile(PlatformData data) {
        Optional<String> kept = data.secret(FILE).filter(this::isValid);
        if (kept.isPresent()) {
            return kept.get();
        }
        // Where the file was lost, the token that stood in it is of no use to anybody.
        String made = isMade() ? make() : atFirstStart();
        if (made != null) {
            data.keepSecret(FILE, made);
        }
        return made;
    }

    private String make() {
        TokenMint.Token token = mint.mint();
        replace("bootstrap", token);
        return token.value();
    }

    private void replace(String origin, TokenMint.Token token) {
        jdbc.sql(TAKE_OVER).param("origin", origin).param("hash", token.hash()).update();
        jdbc.sql(REPLACE).param("origin", origin).param("hash", token.hash()).update();
    }

    private boolean somebodyGetsIn() {
        return jdbc.sql(SOMEBODY_GETS_IN).query(Boolean.class).single();
    }

    private boolean isMade() {
        return jdbc.sql("SELECT EXISTS (SELECT FROM api_tokens WHERE origin = 'bootstrap')")
                .query(Boolean.class)
                .single();
    }

    private boolean isValid(String token) {
        return jdbc.sql(IS_VALID)
                .param(TokenMint.of(token).hash())
                .query(Boolean.class)
                .single();
    }
}
