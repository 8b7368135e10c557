-- Has the streams of a source start over where its connection leads to another place than before. The fields of the
-- configuration that do not say where it leads are in the variable unmoved, separated by commas.
DELETE FROM sync_stream_state s
USING (SELECT :#${body[before]}::jsonb - string_to_array(:#${variable.unmoved}, ',') AS before,
              :#${body[after]}::jsonb - string_to_array(:#${variable.unmoved}, ',') AS after) config
WHERE s.project_id = :#${body[project_id]}::bigint AND s.source = :#${body[source]}
  AND config.before IS DISTINCT FROM config.after
