-- A token that is deleted, by itself or with its user, or made to expire, ends its sockets at once, on whichever instance they
-- are.
CREATE FUNCTION api_token_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.expires_at <= now() THEN
        PERFORM pg_notify('platform_tokens', OLD.id::text);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER api_token_ended AFTER DELETE OR UPDATE OF expires_at ON api_tokens
FOR EACH ROW EXECUTE FUNCTION api_token_ended();
