-- The data keys, and how many secrets still wait for the active one.
SELECT json_build_object(
    'activeKeyId', (SELECT id FROM encryption_keys WHERE state = 'active'),
    'remainingSecrets', (SELECT count(*) FROM integration_secrets s JOIN encryption_keys k ON k.id = s.key_id
                         WHERE k.state <> 'active'),
    'keys', (SELECT json_agg(json_strip_nulls(json_build_object(
                 'id', k.id, 'state', k.state,
                 'secrets', (SELECT count(*) FROM integration_secrets s WHERE s.key_id = k.id),
                 'createdAt', iso(k.created_at), 'destroyedAt', iso(k.destroyed_at))) ORDER BY k.id)
             FROM encryption_keys k))::text AS item
