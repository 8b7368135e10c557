-- Deliveries of GitHub's that did not get here: how far its own list was read, and what it is asked to send again.

CREATE TABLE github_redelivery (
    config_id        bigint PRIMARY KEY REFERENCES integration_configs (id) ON DELETE CASCADE,
    checked_at       timestamptz NOT NULL,
    -- GitHub asks not to be asked before.
    not_before       timestamptz,
    hook_id          bigint,
    -- The list is read back to this one.
    last_delivery_id bigint,
    -- Why nothing can be done; said once.
    problem          text
);

-- One row for what was sent in vain, however often: GitHub keeps the GUID when it sends again.
CREATE TABLE github_missed_deliveries (
    config_id       bigint      NOT NULL REFERENCES integration_configs (id) ON DELETE CASCADE,
    guid            text        NOT NULL,
    delivery_id     bigint      NOT NULL,
    event           text        NOT NULL,
    delivered_at    timestamptz NOT NULL,
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (config_id, guid)
);
