-- Numbers a new walk through a tree, and forgets what walks that came to no end have left.
WITH left_behind AS (DELETE FROM github_tree_entries WHERE added_at < now() - interval '2 hours')
SELECT nextval('github_tree_runs')
