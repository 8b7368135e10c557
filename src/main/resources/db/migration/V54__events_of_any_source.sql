-- Which sources have webhooks is known by the sources (connection/Source), not by the table of their events.
ALTER TABLE webhook_events DROP CONSTRAINT webhook_events_integration_type_check;
