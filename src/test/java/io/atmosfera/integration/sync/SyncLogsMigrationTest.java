package io.atmosfera.integration.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.atmosfera.integration.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What was there before syncs had a source is there afterwards, and those who know the former names find it. */
class SyncLogsMigrationTest {

    private final String database = TestDatabase.createEmpty();
    private final JdbcClient jdbc = JdbcClient.create(new DriverManagerDataSource(database));

    @BeforeEach
    void aDatabaseOfBefore() {
        migrate("10");
        run("INSERT INTO projects (key, name) VALUES ('OLD', 'Old'), ('HUB', 'With GitHub')");
        run("INSERT INTO jira_sync_state (project_id, cursor_ms, next_sync_at, failures, last_success_at, base_url)"
                + " VALUES (1, 42, '2026-01-02Z', 3, '2026-01-01Z', 'https://old')");
        run("INSERT INTO integration_configs (project_id, integration_type, config_data) VALUES (2, 'github', '{}')");
        run(
                "INSERT INTO jira_sync_logs (project_id, sync_type, status, tickets_processed, tickets_created, tickets_updated,"
                        + " jira_count, requested_jql) VALUES (1, 'full', 'completed', 9, 4, 3, 10, 'key = OLD-1')");
        run("INSERT INTO jira_sync_logs (project_id, sync_type) VALUES (1, 'full')");
        run("INSERT INTO jira_sync_seen (sync_id, page, jira_ids) VALUES (2, 1, '{7}')");
        migrate("11");
    }

    private void migrate(String version) {
        Flyway.configure()
                .dataSource(database, null, null)
                .locations("classpath:db/migration")
                .target(version)
                .load()
                .migrate();
    }

    private void run(String sql) {
        jdbc.sql(sql).update();
    }

    private String text(String sql) {
        return jdbc.sql("SELECT string_agg(row::text, ' ' ORDER BY row) FROM (" + sql + ") AS row")
                .query(String.class)
                .single();
    }

    @Test
    void jirasSyncsAndSchedulesAreKept() {
        assertThat(text("SELECT id, source, status, processed, created, updated, remote_count FROM sync_logs"))
                .isEqualTo("(1,jira,completed,9,4,3,10) (2,jira,running,0,0,0,)");
        assertThat(text(
                        "SELECT project_id, source, failures, next_sync_at = '2026-01-02Z', last_success_at = '2026-01-01Z'"
                                + " FROM sync_schedules WHERE source = 'jira'"))
                .isEqualTo("(1,jira,3,t,t)");
        assertThat(text("SELECT project_id, cursor_ms, base_url FROM jira_sync_state"))
                .isEqualTo("(1,42,https://old)");
        assertThat(text("SELECT sync_id, jira_ids FROM jira_sync_seen")).isEqualTo("(2,{7})");
        assertThat(
                        text(
                                "SELECT sync_log(l) ->> 'ticketsProcessed', sync_log(l) ->> 'jql' FROM sync_logs l WHERE id = 1"))
                .isEqualTo("(9,\"key = OLD-1\")");
    }

    @Test
    void connectionsToGitHubAreDueSoon() {
        assertThat(text(
                        "SELECT project_id, next_sync_at BETWEEN now() AND now() + interval '1 hour' FROM sync_schedules"
                                + " WHERE source = 'github'"))
                .isEqualTo("(2,t)");
    }

    @Test
    void whatWasOfTheOnlyRepositoryOfAProjectIsUnderItsNumber() {
        run("UPDATE integration_configs SET config_data = '{\"repository\": \"octo/hello\", \"repositoryId\": 7,"
                + " \"repositoryMovedAt\": \"2026-01-01T00:00:00Z\"}'");
        run("INSERT INTO sync_stream_state (project_id, source, stream, cursor)"
                + " VALUES (2, 'github', 'pulls', '{\"newest\": \"x\"}'), (1, 'other', 'things', '{}')");
        run("INSERT INTO sync_logs (project_id, source, sync_type) VALUES (2, 'github', 'full')");
        run("INSERT INTO sync_stream_logs (sync_id, stream, position, checkpoint)"
                + " SELECT id, 'pulls', 1, '{}' FROM sync_logs WHERE source = 'github'");

        migrate("15");

        assertThat(text("SELECT scope, stream, cursor ->> 'newest' FROM sync_stream_state"))
                .isEqualTo("(\"\",things,) (7,pulls,x)");
        assertThat(text("SELECT scope, stream, checkpoint_at IS NOT NULL FROM sync_stream_logs"))
                .isEqualTo("(7,pulls,t)");
        assertThat(text("SELECT config_data -> 'repositoriesMovedAt' ->> '7' FROM integration_configs"))
                .isEqualTo("(2026-01-01T00:00:00Z)");
    }

    @Test
    void theFormerNameCanStillBeReadAndWritten() {
        run("UPDATE jira_sync_logs SET status = 'failed', error_message = 'no more' WHERE id = 2");
        run("INSERT INTO jira_sync_logs (project_id, sync_type) VALUES (1, 'incremental')");
        run("INSERT INTO sync_logs (project_id, source, sync_type) VALUES (1, 'github', 'incremental')");

        assertThat(text("SELECT id, project_id, sync_type, status, tickets_processed, tickets_created, tickets_updated,"
                        + " error_message FROM jira_sync_logs"))
                .isEqualTo(
                        "(1,1,full,completed,9,4,3,) (2,1,full,failed,0,0,0,\"no more\") (3,1,incremental,running,0,0,0,)");
        assertThat(text("SELECT source FROM sync_logs WHERE id > 2")).isEqualTo("(github) (jira)");
    }
}
