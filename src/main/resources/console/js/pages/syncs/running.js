// The latest sync of a project, as it goes on.

import { get } from "../../api.js";
import { useData } from "../../data.js";
import { useFallback, useLive } from "../../live.js";
import { useEffect } from "../../view.js";

const GLANCE = 1500;

/** Gives {sync, loaded, reload}: the newest log, live. onEnd is called when a running one has ended. */
export function useLatestSync(projectId, onEnd) {
    const path = `/api/projects/${projectId}/jira-sync-logs?limit=1`;
    const latest = useData(path, { every: useFallback(10_000) });
    const sync = latest.data?.[0] ?? null;
    const glance = useFallback(GLANCE);
    const runs = sync?.status === "running";

    function put(next) {
        if (sync?.id === next.id && sync.status !== "running") {
            return;
        }
        if (!sync || next.id >= sync.id) {
            latest.change(() => [next]);
            if (next.status !== "running") {
                onEnd?.(next);
            }
        }
    }

    useLive(message => {
        if (message.type.startsWith("sync_") && message.sync) {
            put(message.sync);
        } else if (message.type.startsWith("sync_") || message.type === "resync") {
            latest.reload();
        }
    });

    // Where nobody tells, it is looked at while it runs.
    useEffect(() => {
        if (!runs || glance === 0) {
            return undefined;
        }
        const timer = setInterval(async () => {
            const { data } = await get(`/api/projects/${projectId}/jira-sync-logs/${sync.id}`).catch(() => ({}));
            if (data) {
                put(data);
            }
        }, glance);
        return () => clearInterval(timer);
    }, [runs, glance, projectId, sync?.id]);

    return { sync, loaded: latest.data !== null, error: latest.error, reload: latest.reload };
}
