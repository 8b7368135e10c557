-- Drops a day of deliveries that is past its time and has nothing left to do; nothing comes back where there is none.
SELECT webhook_drop_expired(:#${properties:platform.webhooks.retention-days}::integer)
