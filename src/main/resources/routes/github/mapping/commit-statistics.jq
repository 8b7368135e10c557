# What GitHub's GraphQL says of commits → how much each changed. GitHub may not know the number of files.
map({sha: .oid, additions, deletions, files_count: .changedFilesIfAvailable})
