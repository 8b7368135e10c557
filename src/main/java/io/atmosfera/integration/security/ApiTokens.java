package io.atmosfera.integration.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The tokens that are valid now. Nothing is cached: the lookup is one row by a unique index, and a token that is ended
 * is ended for every instance at that moment.
 */
@Component
class ApiTokens {

    private static final String FIND =
            """
            SELECT t.id, t.name, t.role, t.origin, u.username, u.role AS user_role,
                   t.last_used_at IS NULL OR t.last_used_at < now() - interval '1 minute' AS use_unnoted
            FROM api_tokens t LEFT JOIN users u ON u.id = t.user_id
            WHERE t.token_hash = ? AND (t.expires_at IS NULL OR t.expires_at > now())""";

    // The condition again: of several requests at the same time one writes.
    private static final String NOTE_USE =
            """
            UPDATE api_tokens SET last_used_at = now()
            WHERE id = ? AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')""";

    private static final String FROM_API = "api";
    private static final String FIRST_ADMINISTRATOR = "admin";

    private final JdbcClient jdbc;

    ApiTokens(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    private record Found(Caller caller, boolean useUnnoted) {}

    /** The caller whose token this is; empty where it is none, was ended or has expired. */
    Optional<Caller> find(String token) {
        Optional<Found> found = jdbc.sql(FIND)
                .param(TokenMint.of(token).hash())
                .query((row, number) -> found(row))
                .optional();
        found.filter(Found::useUnnoted)
                .ifPresent(used ->
                        jdbc.sql(NOTE_USE).param(used.caller().tokenId()).update());
        return found.map(Found::caller);
    }

    private static Found found(ResultSet row) throws SQLException {
        Role role = Role.valueOf(row.getString("role"));
        String user = row.getString("username");
        String actor = user;
        if (user != null) {
            role = Role.lower(role, Role.valueOf(row.getString("user_role")));
        } else {
            actor = FROM_API.equals(row.getString("origin")) ? "token:" + row.getString("name") : FIRST_ADMINISTRATOR;
        }
        return new Found(new Caller(row.getLong("id"), actor, role), row.getBoolean("use_unnoted"));
    }
}
