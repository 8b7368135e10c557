-- Where Jira takes itself to be belongs to what instances remember of those who send webhooks: they forget it when it changes.
CREATE TRIGGER webhook_senders_changed AFTER UPDATE OF base_url ON jira_sync_state
    FOR EACH ROW WHEN (old.base_url IS DISTINCT FROM new.base_url) EXECUTE FUNCTION webhook_secrets_changed();
