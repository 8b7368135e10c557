-- Keys of Jira's in texts that programs write. Bots that raise versions quote the release notes of others, and the numbers of
-- vulnerabilities look like keys; neither speaks of a ticket. A cancelled check is no failed one.

-- Whether an author is a program that raises the versions of dependencies.
CREATE FUNCTION is_dependency_bot(author text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(author ~* '(^|[^a-z])(dependabot|renovate|snyk|depfu|greenkeeper|pyup|scala-steward|mend|whitesource|nuget-keeper)([^a-z]|$)', false);

-- A text in two: what its author says, and what the text quotes. A quotation is an HTML block quote, or what is folded away
-- under release notes, a changelog or a list of commits; of a bot also all that is folded away, quoted lines, a section of
-- release notes and addresses other than those of tickets. A quotation that does not end is none.
CREATE FUNCTION quotations(searched text, bot boolean, OUT own text, OUT quoted text)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    notes CONSTANT text := '(release ?notes|change ?log|what.?s changed|commits|vulnerabilit|upgrade guide|maintainer changes)';
    tag CONSTANT text := '</?(?:blockquote|details)(?:\s[^<>]*)?>';
    pieces text[] := regexp_split_to_array(searched, tag, 'i');
    tags text[] := ARRAY(SELECT lower(m[1]) FROM regexp_matches(searched, '(' || tag || ')', 'gi') AS m);
    said text[] := '{}';
    cited text[] := '{}';
    waiting text[] := '{}';
    kind text;
    name text;
    depth integer := 0;
    line text;
    level integer;
    section integer := 0;
    after_heading boolean := false;
BEGIN
    FOR i IN 1 .. cardinality(pieces) LOOP
        IF depth > 0 THEN waiting := waiting || pieces[i]; ELSE said := said || pieces[i]; END IF;
        EXIT WHEN i > cardinality(tags);
        name := substring(tags[i] FROM '[a-z]+');
        IF depth > 0 AND name = kind THEN
            depth := depth + CASE WHEN starts_with(tags[i], '</') THEN -1 ELSE 1 END;
            IF depth = 0 THEN
                cited := cited || waiting;
                waiting := '{}';
            END IF;
        ELSIF depth = 0 AND NOT starts_with(tags[i], '</')
              AND (name = 'blockquote' OR bot OR substring(pieces[i + 1] FROM '(?i)^\s*<summary>(.{0,200}?)</summary>') ~* notes) THEN
            kind := name;
            depth := 1;
        END IF;
    END LOOP;
    own := array_to_string(said || waiting, ' ');
    IF bot THEN
        said := '{}';
        FOR line IN SELECT l FROM regexp_split_to_table(own, '\r?\n') AS l LOOP
            level := length(substring(line FROM '^ {0,3}(#{1,6})\s'));
            IF level <= section THEN
                section := 0;
            ELSIF line ~ '^\s*([-_*]\s*){3,}$' AND NOT after_heading THEN
                section := 0;
            END IF;
            after_heading := line ~* ('^[\s#*]*[^\s].{0,40}$') AND line ~* ('^[\s#*]*' || notes || '[\s#*:]*$');
            IF after_heading AND section = 0 THEN
                section := coalesce(level, 7);
            END IF;
            IF section > 0 OR line ~ '^\s*>' THEN
                cited := cited || line;
            ELSE
                cited := cited || ARRAY(SELECT m[1] FROM regexp_matches(line, '(https?://[^\s<>()\]]+)', 'g') AS m WHERE m[1] !~ '/browse/');
                said := said || regexp_replace(line, 'https?://(?![^\s<>()\]]*/browse/)[^\s<>()\]]+', ' ', 'g');
            END IF;
        END LOOP;
        own := array_to_string(said, E'\n');
    END IF;
    quoted := array_to_string(cited, E'\n');
END
$$;

-- Whether some of what looks like a key in a text may be none: quotations, numbers of vulnerabilities, UUIDs, branches of bots.
CREATE FUNCTION may_name_others(searched text, author text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN searched ~* '</(blockquote|details)|-[0-9]+[-:][0-9]|ghsa-|snyk-|[0-9a-f]{4}-[0-9a-f]{4}-|^(dependabot|renovate|depfu|greenkeeper|pyup)[-/]'
    OR is_dependency_bot(author);

-- What is wrong with a candidate that was found as: digits before it, the project's key, the number, what follows.
CREATE FUNCTION jira_key_problem(found text[], place integer) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (place = 1 AND found[1] <> '') OR found[4] ~ '^[A-Za-z]' THEN 'the key is inside a longer word'
            WHEN found[4] ~ '^\.([0-9]|[xX]$)' THEN 'the number goes on behind a point, as that of a version'
            WHEN found[3] LIKE '0%' THEN 'the number of a ticket does not begin with 0' END;

DROP FUNCTION jira_keys(text);
DROP FUNCTION jira_key_candidates(text);

-- The candidates for keys in a text in which some of what looks like a key is none. What the text quotes comes last.
CREATE FUNCTION jira_key_candidates_among_others(searched text, author text) RETURNS TABLE (candidate text, problem text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    WITH parts AS (
        SELECT p.part, p.number, p.problem
        FROM quotations(searched, is_dependency_bot(author)) AS q,
             LATERAL (VALUES (q.own, 1, CASE WHEN searched ~ '^((dependabot|renovate)/|(snyk-fix|snyk-upgrade|depfu|greenkeeper|pyup)[-/])\S+$'
                                             THEN 'the branch is a bot''s, which names a package and its version' END),
                             (q.quoted, 2, 'the text quotes it, as release notes are quoted')) AS p (part, number, problem)
    ), words AS (
        SELECT w.word, w.place, parts.number, parts.problem
        FROM parts, regexp_split_to_table(parts.part, '[^A-Za-z0-9_.:-]+') WITH ORDINALITY AS w (word, place)
        WHERE strpos(w.word, '-') > 0 AND length(w.word) <= 500
    ), named AS (
        -- What is not a key as a whole, though parts of it look like one.
        SELECT words.*, m.found[1] AS uuid, m.found[2] AS advisory
        FROM words,
             regexp_matches(words.word, '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'
                 || '|((?<![a-z0-9])(?:[a-z]+-(?:19|20)[0-9]{2}[-:][0-9]{4,}'
                 || '|(?:cve|pysec|rustsec|osv|gsd|rhsa|rhba|rhea|cnvd|cnnvd|euvd|jvndb|talos|vde|mgasa|ws)-(?:19|20)[0-9]{2}[-:][0-9]+'
                 || '|(?:dsa|dla|usn|lsn)-[0-9]{3,}-[0-9]+|zdi-[0-9]{2}-[0-9]{3,}|ghsa(?:-[0-9a-z]{4}){3}|snyk(?:-[a-z0-9]+)+-[0-9]+))', 'gi') AS m (found)
        WHERE words.word ~ '-.*[-:]'
    ), pieces AS (
        SELECT coalesce(cut.word, words.word) AS word, words.place, words.number, words.problem
        FROM words
        LEFT JOIN LATERAL (
            SELECT regexp_replace(words.word, string_agg(DISTINCT coalesce(n.uuid, n.advisory), '|'), ' ', 'g') AS word
            FROM named n WHERE n.place = words.place AND n.number = words.number
        ) AS cut ON words.word ~ '-.*[-:]'
        UNION ALL
        SELECT coalesce(uuid, advisory), place, number,
               CASE WHEN uuid IS NOT NULL THEN 'it is a part of a UUID'
                    ELSE 'it is a part of ' || advisory || ', which names a vulnerability' END
        FROM named
    ), candidates AS (
        SELECT substr(m.found[2], n) || '-' || m.found[3] AS candidate, pieces.number, pieces.place, m.at, n,
               coalesce(pieces.problem, jira_key_problem(m.found, n)) AS problem
        FROM pieces,
             regexp_matches(pieces.word, '([0-9]*)([A-Za-z][A-Za-z0-9_]+)-([0-9]+)([A-Za-z][A-Za-z0-9]*|\.[A-Za-z0-9]+)?', 'g')
                 WITH ORDINALITY AS m (found, at),
             generate_series(1, length(m.found[2]) - 1) AS n
        WHERE (n = 1 OR substr(m.found[2], n - 1, 1) = '_') AND substr(m.found[2], n, 1) ~ '[A-Za-z]'
    )
    SELECT candidate, problem FROM candidates ORDER BY number, place, at, n
$$;

-- The candidates for keys in a text, in their order there, and what is wrong with those that are none. Letters and digits
-- of ASCII make a word longer, others do not: in Chinese nothing stands between a key and the text. What stands before an
-- underscore may belong to the project's key or not, so both are candidates. Words are looked at one by one, and not those of
-- many hundred letters: so a text of any kind costs its length and no more. Most texts take the short way.
CREATE FUNCTION jira_key_candidates(searched text, author text DEFAULT NULL) RETURNS TABLE (candidate text, problem text)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    WITH candidates AS (
        SELECT substr(m.found[2], n) || '-' || m.found[3] AS candidate, w.place, m.at, n, jira_key_problem(m.found, n) AS problem
        FROM regexp_split_to_table(searched, '[^A-Za-z0-9_.-]+') WITH ORDINALITY AS w (word, place),
             regexp_matches(w.word, '([0-9]*)([A-Za-z][A-Za-z0-9_]+)-([0-9]+)([A-Za-z][A-Za-z0-9]*|\.[A-Za-z0-9]+)?', 'g')
                 WITH ORDINALITY AS m (found, at),
             generate_series(1, length(m.found[2]) - 1) AS n
        WHERE searched ~ '[A-Za-z0-9_]-[0-9]' AND NOT may_name_others(searched, author)
          AND strpos(w.word, '-') > 0 AND length(w.word) <= 500
          AND (n = 1 OR substr(m.found[2], n - 1, 1) = '_') AND substr(m.found[2], n, 1) ~ '[A-Za-z]'
    )
    (SELECT candidate, problem FROM candidates ORDER BY place, at, n)
    UNION ALL
    SELECT o.candidate, o.problem FROM jira_key_candidates_among_others(searched, author) o
    WHERE searched ~ '[A-Za-z0-9_]-[0-9]' AND may_name_others(searched, author)
$$;

-- The keys in a text, each once as it was written first; 500 at the most, since a changelog speaks of none in particular.
CREATE FUNCTION jira_keys(searched text, author text DEFAULT NULL) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (array_agg(candidate))[1] FROM jira_key_candidates(searched, author) WHERE problem IS NULL
    GROUP BY upper(candidate) LIMIT 500
$$;

-- What was linked before by keys that are none.
DELETE FROM github_links l USING github_pulls p
WHERE l.kind = 'pull' AND l.project_id = p.project_id AND l.repository_id = p.repository_id AND l.ref = p.number::text
  AND upper(l.jira_key) NOT IN (
      SELECT upper(k) FROM jira_keys(CASE l.source WHEN 'branch' THEN p.head_ref WHEN 'title' THEN p.title ELSE p.body END, p.author) k);
DELETE FROM github_links l USING github_issues i
WHERE l.kind = 'issue' AND l.project_id = i.project_id AND l.repository_id = i.repository_id AND l.ref = i.number::text
  AND upper(l.jira_key) NOT IN (SELECT upper(k) FROM jira_keys(CASE l.source WHEN 'title' THEN i.title ELSE i.body END, i.author) k);
DELETE FROM github_links l USING github_commits c
WHERE l.kind = 'commit' AND l.project_id = c.project_id AND l.repository_id = c.repository_id AND l.ref = c.sha
  AND upper(l.jira_key) NOT IN (SELECT upper(k) FROM jira_keys(c.message, coalesce(c.author_login, c.author_name)) k);
DELETE FROM github_links WHERE kind = 'branch' AND upper(jira_key) NOT IN (SELECT upper(k) FROM jira_keys(ref) k);

-- Whether a check run says that something is wrong. What was skipped or is neutral does not, nor what was cancelled: somebody
-- did not want to know, or a newer push made it useless.
CREATE OR REPLACE FUNCTION github_check_failed(conclusion text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN coalesce(conclusion IN ('failure', 'timed_out', 'action_required', 'startup_failure'), false);

-- As before (V16); where checks were cancelled and none has succeeded, that is what they say.
CREATE OR REPLACE FUNCTION github_checks(project bigint, repository bigint, commit text) RETURNS json
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 AS $$
    SELECT CASE WHEN count(*) > 0 THEN json_strip_nulls(json_build_object(
        'state', CASE WHEN bool_or(github_check_failed(conclusion)) THEN 'failure'
                      WHEN bool_or(status <> 'completed') THEN 'pending'
                      WHEN bool_or(conclusion = 'cancelled') AND bool_or(conclusion = 'success') IS NOT TRUE THEN 'cancelled'
                      ELSE 'success' END,
        'total', count(*), 'failed', count(*) FILTER (WHERE github_check_failed(conclusion)),
        'cancelled', nullif(count(*) FILTER (WHERE conclusion = 'cancelled'), 0))) END
    FROM github_last_checks(project, repository, commit)
$$;
