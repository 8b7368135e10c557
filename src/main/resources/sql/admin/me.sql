-- Who is calling; the role is the lower one of the token's and its user's.
SELECT json_strip_nulls(json_build_object('name', :#${header.PlatformActor}::text, 'role', :#${header.PlatformRole}::text,
                                          'expiresAt', iso(t.expires_at)))::text AS item
FROM api_tokens t WHERE t.id = :#${header.PlatformToken}::bigint
