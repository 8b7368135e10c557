-- Notes what files are told to be; none of them is another one's row.
UPDATE github_files f SET told = k.told, subject = k.subject, tool = k.tool
FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS k (path, told, subject, tool)
WHERE f.project_id = ? AND f.repository_id = ? AND f.path = k.path
