-- Keeps entries of a tree as they come in; those that came before its answer broke off are there already.
INSERT INTO github_tree_entries (run, path, sha, size, kind, language, subject, tool)
SELECT ?, e.* FROM unnest(?::text[], ?::text[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
    AS e (path, sha, size, kind, language, subject, tool)
ON CONFLICT DO NOTHING
