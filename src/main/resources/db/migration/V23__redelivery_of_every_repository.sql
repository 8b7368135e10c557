-- Every repository of a connection has a hook of its own, with a list of deliveries of its own. The name is in small letters.
ALTER TABLE github_redelivery ADD COLUMN repository text;
UPDATE github_redelivery r SET repository = lower(c.config_data ->> 'repository') FROM integration_configs c WHERE c.id = r.config_id;
ALTER TABLE github_redelivery
    ALTER COLUMN repository SET NOT NULL,
    DROP CONSTRAINT github_redelivery_pkey,
    ADD PRIMARY KEY (config_id, repository);

ALTER TABLE github_missed_deliveries ADD COLUMN repository text;
UPDATE github_missed_deliveries m SET repository = lower(c.config_data ->> 'repository')
FROM integration_configs c WHERE c.id = m.config_id;
ALTER TABLE github_missed_deliveries
    ALTER COLUMN repository SET NOT NULL,
    DROP CONSTRAINT github_missed_deliveries_pkey,
    ADD PRIMARY KEY (config_id, repository, guid);
