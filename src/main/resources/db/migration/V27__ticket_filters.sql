-- For filters that take any of several values of a list: each value as a list of its own, and as an object with that name.
-- Immutable, so that the planner knows the values.
CREATE FUNCTION each_alone(members jsonb) RETURNS jsonb[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY(SELECT jsonb_build_array(m.value) FROM jsonb_array_elements(members) AS m);

CREATE FUNCTION each_named(names jsonb) RETURNS jsonb[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY(SELECT jsonb_build_array(jsonb_build_object('name', n.value)) FROM jsonb_array_elements(names) AS n);
