-- What sources bring that are files in the routes folder: one table for all of them, since a drop-in has none of its own.
CREATE TABLE source_items (
    row_id     bigint GENERATED ALWAYS AS IDENTITY,
    project_id bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    source     text        NOT NULL,
    stream     text        NOT NULL,
    -- As the source has it: a number or a text.
    item_id    text        NOT NULL COLLATE "C",
    title      text        NOT NULL,
    state      text,
    author     text,
    url        text,
    created_at timestamptz,
    updated_at timestamptz,
    -- As they are written in the item's texts; which tickets they mean today is looked up when the item is shown.
    jira_keys  text[]      NOT NULL DEFAULT '{}',
    -- What else the mapping gives.
    data       jsonb       NOT NULL DEFAULT '{}',
    -- Of the whole of what the mapping gives: as long as it stays, nothing has changed.
    hash       bytea       NOT NULL,
    stored_at  timestamptz NOT NULL DEFAULT now(),
    -- When a walk through the whole list no longer met it; it keeps its row, so what it was linked to can be told.
    gone_at    timestamptz,
    PRIMARY KEY (project_id, source, stream, item_id)
);

CREATE INDEX source_items_updated ON source_items (project_id, source, updated_at, row_id);
CREATE INDEX source_items_keys ON source_items USING gin (jira_keys);

-- The present keys of the tickets that keys in texts mean.
CREATE FUNCTION present_jira_keys(project bigint, keys text[]) RETURNS json LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(json_agg(DISTINCT t.jira_key ORDER BY t.jira_key), '[]')
    FROM unnest(keys) AS k (jira_key)
    JOIN LATERAL (SELECT jira_key FROM jira_tickets WHERE id = jira_ticket_of(project, k.jira_key)) AS t ON true
$$;
