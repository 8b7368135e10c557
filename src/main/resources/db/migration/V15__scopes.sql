-- A source may have several scopes, such as the repositories of a project: what is known of a stream, and what a sync did with
-- it, is of one scope (docs/adr/0024). GitHub's scope is the repository's number. A source without scopes has the empty one.

ALTER TABLE sync_stream_state ADD COLUMN scope text NOT NULL DEFAULT '';
ALTER TABLE sync_stream_state DROP CONSTRAINT sync_stream_state_pkey;
ALTER TABLE sync_stream_state ADD PRIMARY KEY (project_id, source, scope, stream);
-- Of a list that is asked for page by page: the address, ETag, next address and keys of each of its pages.
ALTER TABLE sync_stream_state ADD COLUMN pages jsonb;

ALTER TABLE sync_stream_logs ADD COLUMN scope text NOT NULL DEFAULT '';
-- How people call the scope; NULL where a sync has no other.
ALTER TABLE sync_stream_logs ADD COLUMN scope_name text;
-- When the checkpoint was reached: one that is too old is not gone on from.
ALTER TABLE sync_stream_logs ADD COLUMN checkpoint_at timestamptz;
ALTER TABLE sync_stream_logs DROP CONSTRAINT sync_stream_logs_pkey;
ALTER TABLE sync_stream_logs ADD PRIMARY KEY (sync_id, scope, stream);
UPDATE sync_stream_logs SET checkpoint_at = now() WHERE checkpoint IS NOT NULL;

-- What was of the only repository of a project is under its number from now on.
UPDATE sync_stream_state s SET scope = c.config_data ->> 'repositoryId'
FROM integration_configs c
WHERE c.project_id = s.project_id AND c.integration_type = 'github' AND s.source = 'github'
  AND c.config_data ->> 'repositoryId' IS NOT NULL;
UPDATE sync_stream_logs s SET scope = c.config_data ->> 'repositoryId'
FROM sync_logs l, integration_configs c
WHERE l.id = s.sync_id AND l.source = 'github' AND c.project_id = l.project_id AND c.integration_type = 'github'
  AND c.config_data ->> 'repositoryId' IS NOT NULL;

CREATE OR REPLACE FUNCTION sync_streams(of_sync bigint) RETURNS json LANGUAGE sql STABLE AS $$
    SELECT coalesce(json_agg(json_strip_nulls(json_build_object(
        'name', s.stream, 'repository', s.scope_name, 'state', s.state, 'processed', s.processed, 'created', s.created,
        'updated', s.updated, 'unchanged', s.unchanged, 'deleted', s.deleted, 'requests', s.requests, 'pages', s.pages,
        'error', s.error, 'startedAt', iso(s.started_at), 'completedAt', iso(s.completed_at))) ORDER BY s.position), '[]')
    FROM sync_stream_logs s WHERE s.sync_id = of_sync
$$;

UPDATE integration_configs SET
    config_data = config_data - 'repositoryMovedAt' || jsonb_build_object('repositoriesMovedAt',
        jsonb_build_object(config_data ->> 'repositoryId', config_data ->> 'repositoryMovedAt'))
WHERE config_data ->> 'repositoryMovedAt' IS NOT NULL AND config_data ->> 'repositoryId' IS NOT NULL;

-- The repositories that a connection to GitHub names, the first one first, with their numbers where these are known.
CREATE FUNCTION github_named(config jsonb) RETURNS TABLE (place bigint, name text, id bigint)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 0, config ->> 'repository', (config ->> 'repositoryId')::bigint
    UNION ALL
    SELECT n.place, n.name, (config -> 'repositoryIds' ->> lower(n.name))::bigint
    FROM jsonb_array_elements_text(coalesce(config -> 'repositories', '[]')) WITH ORDINALITY AS n (name, place)
$$;

-- What a connection calls a repository: the one of that number, or of the former name where no number is known.
CREATE FUNCTION github_name_in(config jsonb, repository bigint, former text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT n.name FROM github_named(config) n
    WHERE CASE WHEN n.id IS NOT NULL THEN n.id = repository ELSE lower(n.name) = lower(former) END
    ORDER BY n.place LIMIT 1
$$;

-- A connection that knows the number of a repository that it names, and what that is called now.
CREATE FUNCTION github_learned(config jsonb, named text, repository bigint, present text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT config || CASE WHEN lower(config ->> 'repository') = lower(named)
        THEN jsonb_build_object('repository', present, 'repositoryId', repository)
        ELSE jsonb_build_object(
            'repositories', (SELECT jsonb_agg(CASE WHEN lower(n.name) = lower(named) THEN present ELSE n.name END ORDER BY n.place)
                             FROM github_named(config) n WHERE n.place > 0),
            'repositoryIds', coalesce(config -> 'repositoryIds', '{}') - lower(named)
                || jsonb_build_object(lower(present), repository)) END
$$;

-- Removes all that a project has of some repositories, whatever the tables.
CREATE FUNCTION github_forget(project bigint, gone bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    kept text;
BEGIN
    FOR kept IN
        SELECT t.table_name FROM information_schema.tables t
        WHERE t.table_schema = current_schema AND t.table_type = 'BASE TABLE' AND starts_with(t.table_name, 'github_')
          AND (SELECT count(*) FROM information_schema.columns c
               WHERE c.table_schema = t.table_schema AND c.table_name = t.table_name
                 AND c.column_name IN ('project_id', 'repository_id')) = 2
        ORDER BY t.table_name
    LOOP
        EXECUTE format('DELETE FROM %I WHERE project_id = $1 AND repository_id = ANY ($2)', kept) USING project, gone;
    END LOOP;
    DELETE FROM sync_stream_state WHERE project_id = project AND source = 'github' AND scope = ANY (gone::text[]);
END
$$;

-- Where the rest of a long history is asked for, which a sync leaves for its end.
CREATE TABLE github_histories (
    project_id    bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    repository_id bigint      NOT NULL,
    -- The commit that the list leads back from: such a list never changes.
    sha           text        NOT NULL COLLATE "C",
    next          text        NOT NULL,
    stored_at     timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (project_id, repository_id, sha)
);
