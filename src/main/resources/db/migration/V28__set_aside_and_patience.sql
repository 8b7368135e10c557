-- What a source of the routes folder gave and could not be stored, with the reason: the rest of its page went on. It leaves
-- when it is stored after all.
CREATE TABLE source_set_aside (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    project_id bigint      NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    source     text        NOT NULL,
    stream     text        NOT NULL,
    -- Cut where it is too long.
    item_id    text        NOT NULL COLLATE "C",
    reason     text        NOT NULL,
    -- text, not jsonb: what is set aside may be what jsonb refuses.
    payload    text        NOT NULL,
    attempts   integer     NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (project_id, source, stream, item_id)
);
CREATE INDEX source_set_aside_created ON source_set_aside (project_id, source, created_at, id);
-- Until when the other system has asked to be left alone; nothing is sent to it by any instance before that.
ALTER TABLE connection_health ADD COLUMN quiet_until timestamptz;
