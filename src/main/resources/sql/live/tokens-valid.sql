-- Which of the tokens that clients came with are still valid.
SELECT id FROM api_tokens
WHERE id = ANY (:#${body}::bigint[]) AND (expires_at IS NULL OR expires_at > now())
