-- Keeps the id of a connection's repository: its name may change.
UPDATE integration_configs SET config_data = config_data || jsonb_build_object('repositoryId', :#${variable.repositoryId}::bigint)
WHERE id = :#${variable.connection.id}::bigint
  AND lower(config_data ->> 'repository') = lower(:#${variable.connection.repository})
