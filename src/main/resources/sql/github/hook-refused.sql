-- Has the secret of a hook set again whose deliveries are signed with another one; by one of the connections that share it.
UPDATE github_hooks SET secret_id = NULL, refused_at = now(), next_at = now()
WHERE id = (SELECT min(id) FILTER (WHERE state = 'registered') FROM github_hooks WHERE hook_id = ?
            HAVING coalesce(max(refused_at), '-infinity') < now() - interval '10 minutes')
