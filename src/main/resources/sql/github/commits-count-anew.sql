-- Has PostgreSQL look at how the commits are distributed. Of a project that it has not met it expects a row or two, and finds a
-- commit by reading all of the project's; its own daemon looks when a tenth of the table is new, which may be never.
ANALYZE github_commits
