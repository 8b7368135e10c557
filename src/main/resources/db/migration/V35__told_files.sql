-- What a file is told to be by its content, or by the repository's .gitattributes (docs/adr/0040).

ALTER TABLE github_files DROP CONSTRAINT github_files_kind_check;
ALTER TABLE github_files
    ADD CONSTRAINT github_files_kind_check
        CHECK (kind IN ('source', 'test', 'build', 'fixture', 'vendored', 'generated', 'recorded', 'other')),
    -- What it is instead of what its path tells; NULL where that holds.
    ADD COLUMN told text
        CHECK (told IN ('source', 'test', 'build', 'fixture', 'vendored', 'generated', 'recorded', 'other'));

-- What was found in files by former rules: it is found again by the new ones, as the budget of syncs allows.
TRUNCATE github_blobs;
ALTER TABLE github_blobs
    -- generated, vendored or recorded; NULL where its content tells none of these.
    ADD COLUMN told text CHECK (told IN ('vendored', 'generated', 'recorded')),
    -- Names that other files of its package may use, in languages whose files are not called as what they hold.
    ADD COLUMN names text[] NOT NULL DEFAULT '{}',
    -- Of a .gitattributes: its rules about kinds of files, in their order.
    ADD COLUMN attributes jsonb;
