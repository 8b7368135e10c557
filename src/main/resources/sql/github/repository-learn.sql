-- Keeps the id of a repository that a connection names: its name may change.
UPDATE integration_configs c SET config_data = github_learned(c.config_data, n.name, :#${variable.repositoryId}::bigint, n.name)
FROM github_named((SELECT config_data FROM integration_configs WHERE id = :#${variable.connection.id}::bigint)) n
WHERE c.id = :#${variable.connection.id}::bigint AND lower(n.name) = lower(:#${variable.connection.repository})
