-- Drops a day of deliveries that is past its time and has nothing left to do; returns no row if there is none.
SELECT webhook_drop_expired(:#${properties:platform.webhooks.retention-days}::integer)
