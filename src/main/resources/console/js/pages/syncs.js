import { useList } from "../data.js";
import { useFallback } from "../live.js";
import { PageHead } from "../parts/page-head.js";
import { Empty, ErrorNotice } from "../parts/notice.js";
import { withQuery } from "../api.js";
import { useRoute } from "../route.js";
import { may } from "../session.js";
import { html, useEffect } from "../view.js";
import { SIZE, SyncHistory } from "./syncs/history.js";
import { SyncProgress } from "./syncs/progress.js";
import { useLatestSync } from "./syncs/running.js";
import { SetAside } from "./syncs/set-aside.js";
import { SyncNow } from "./syncs/sync-now.js";
import { SyncPanel } from "./syncs/sync-panel.js";

export function Syncs({ projectId }) {
    const { query } = useRoute();
    const list = useList(
        withQuery(`/api/projects/${projectId}/jira-sync-logs`, { limit: SIZE, status: query.get("status"), syncType: query.get("syncType") }),
        { every: useFallback(30_000) });
    const { sync, loaded, error, reload } = useLatestSync(projectId, () => list.reload());
    useEffect(() => {
        if (sync && list.data && !list.data.some(known => known.id >= sync.id)) {
            list.reload();
        }
    }, [sync?.id]);
    const running = sync?.status === "running";
    const shown = query.get("sync");

    return html`
        <${PageHead} title="Syncs">What is fetched from Jira, when, and what came of it.<//>
        <div class=${"split" + (shown ? " open" : "")}>
            <div class="stack">
                <${ErrorNotice} error=${error} retry=${reload} />
                <div class="columns">
                    ${may("MANAGER") && html`
                        <section class="card" aria-label="Sync now">
                            <h2>Sync now</h2>
                            <${SyncNow} projectId=${projectId} running=${running} onStarted=${reload}
                                heldBack=${sync?.warnings?.some(warning => warning.code === "deletion-guard")} />
                        </section>`}
                    <section class="card" aria-label="Latest sync">
                        <h2>${running ? "Running now" : "Latest sync"}</h2>
                        ${sync && html`<${SyncProgress} projectId=${projectId} sync=${sync} />`}
                        ${loaded && !sync && html`<${Empty} title="No sync yet">Connect the project with Jira, then start one.<//>`}
                    </section>
                </div>
                <${SetAside} projectId=${projectId} watch=${sync?.completedAt} />
                <${SyncHistory} list=${list} latest=${sync} query=${query} />
            </div>
            ${shown && html`<${SyncPanel} key=${shown} projectId=${projectId} id=${shown} fresh=${sync} />`}
        </div>`;
}
