package io.atmosfera.integration.live;

import io.atmosfera.integration.database.DatabaseNotifications;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How long the tokens of clients are good: the database tells of one that is deleted, and each knows when it expires. */
@Component
class LiveTokens {

    private static final Logger LOG = LoggerFactory.getLogger(LiveTokens.class);

    private static final String CHANNEL = "platform_tokens";

    private static final String LEFT =
            """
            SELECT coalesce(extract(epoch FROM expires_at - now()) * 1000, 9e15)::bigint
            FROM api_tokens WHERE id = ?""";

    private static final String VALID =
            """
            SELECT id FROM api_tokens
            WHERE id = ANY (?::bigint[]) AND (expires_at IS NULL OR expires_at > now())""";

    private final DatabaseNotifications notifications;
    private final LiveUpdates updates;
    private final JdbcClient jdbc;

    LiveTokens(DatabaseNotifications notifications, LiveUpdates updates, JdbcClient jdbc) {
        this.notifications = notifications;
        this.updates = updates;
        this.jdbc = jdbc;
    }

    @EventListener(ApplicationReadyEvent.class)
    void listen() {
        notifications.subscribe(
                CHANNEL, this::end, () -> ForkJoinPool.commonPool().execute(this::lookAtAll));
    }

    /** For how long a token is good, in milliseconds; nothing or less where it is not. */
    long millisLeft(long token) {
        return jdbc.sql(LEFT).param(token).query(Long.class).optional().orElse(0L);
    }

    private void end(String id) {
        updates.endThoseOf(Long.parseLong(id));
    }

    /** What was deleted while nothing was heard from the database. */
    private void lookAtAll() {
        Long[] tokens = updates.getTokens();
        if (tokens.length == 0) {
            return;
        }
        try {
            List<Map<String, Object>> valid =
                    jdbc.sql(VALID).param(tokens).query().listOfRows();
            updates.keepOnly(valid);
        } catch (DataAccessException away) {
            LOG.debug("The tokens of live clients are looked at later", away);
        }
    }
}
