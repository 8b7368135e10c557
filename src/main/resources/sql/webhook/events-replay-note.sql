-- Says who replays which deliveries, before it is done.
INSERT INTO audit_log (actor, action, target, address, after)
VALUES (:#${header.PlatformActor}, 'webhook-events.replay', 'webhook-events', :#${header.PlatformAddress},
        jsonb_strip_nulls(jsonb_build_object(
            'status', :#${variable.filter[status]}::text, 'integrationType', :#${variable.filter[integrationType]}::text,
            'eventType', :#${variable.filter[eventType]}::text, 'from', :#${variable.filter[from]}::text,
            'to', :#${variable.filter[to]}::text, 'count', :#${variable.found[count]}::bigint)))
