-- Why an event was ignored: what was found when it was applied, else what its storing tells.
CREATE FUNCTION webhook_ignored_because(status text, project_id bigint, found text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE
    WHEN status <> 'ignored' THEN NULL
    WHEN found IS NOT NULL THEN found
    WHEN project_id IS NULL THEN 'No project of the platform is connected with the site or repository that it is about.'
    ELSE 'Nothing follows from events of this type.' END;
