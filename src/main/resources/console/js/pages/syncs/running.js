// The latest sync of a project, as it goes on.

import { get } from "../../api.js";
import { useData } from "../../data.js";
import { useFallback, useLive } from "../../live.js";
import { useEffect, useRef, useState } from "../../view.js";
import { SOURCES } from "./sources.js";

const GLANCE = 1500;

/** Gives {sync, loaded, error, reload}: the newest log of a source, live. onEnd is called when a running one has ended. */
export function useLatestSync(projectId, onEnd, { source, path } = SOURCES.jira) {
    const latest = useData(`/api/projects/${projectId}/${path}-logs?limit=1`, { every: useFallback(10_000) });
    const [told, setTold] = useState(null);
    const sync = later(told, latest.data?.[0] ?? null);
    const glance = useFallback(GLANCE);
    const runs = sync?.status === "running";

    useLive(message => {
        if (message.type.startsWith("sync_") && message.source !== source) {
            return;
        }
        if (message.type.startsWith("sync_") && message.sync) {
            setTold(before => later(message.sync, before));
        } else if (message.type.startsWith("sync_") || message.type === "resync") {
            latest.reload();
        }
    });

    // Where nobody tells, it is looked at while it runs.
    useEffect(() => {
        if (runs && glance > 0) {
            const timer = setInterval(async () => {
                const { data } = await get(`/api/projects/${projectId}/${path}-logs/${sync.id}`).catch(() => ({ data: null }));
                setTold(before => later(data, before));
            }, glance);
            return () => clearInterval(timer);
        }
    }, [runs, glance, projectId, path, sync?.id]);

    useEnd(sync, onEnd);
    return { sync, loaded: latest.data !== null, error: latest.error, reload: latest.reload };
}

/** Which of two is the later state of things, whichever came first: answers and messages overtake each other. */
function later(one, other) {
    if (!one || !other || one.id !== other.id) {
        return (one?.id ?? 0) > (other?.id ?? 0) ? one : other;
    }
    if (one.status !== "running" || other.status !== "running") {
        return one.status !== "running" ? one : other;
    }
    return one.durationMs >= other.durationMs ? one : other;
}

function useEnd(sync, onEnd) {
    const before = useRef(null);
    useEffect(() => {
        const was = before.current;
        before.current = sync;
        if (was && sync && sync.status !== "running" && (was.id !== sync.id || was.status === "running")) {
            onEnd?.(sync);
        }
    }, [sync?.id, sync?.status]);
}
