-- Holds a project until the transaction ends: nobody deletes it meanwhile, and who else changes its connections waits.
SELECT id::text AS item FROM projects WHERE id = :#${header.projectId}::bigint FOR NO KEY UPDATE
