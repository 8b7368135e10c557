import { useData, useList } from "../data.js";
import { useFallback } from "../live.js";
import { PageHead } from "../parts/page-head.js";
import { Empty, ErrorNotice } from "../parts/notice.js";
import { withQuery } from "../api.js";
import { Tabs } from "../parts/tabs.js";
import { address, useRoute } from "../route.js";
import { may } from "../session.js";
import { html, useEffect } from "../view.js";
import { SIZE, SyncHistory } from "./syncs/history.js";
import { SyncProgress } from "./syncs/progress.js";
import { useLatestSync } from "./syncs/running.js";
import { fileSource, SOURCES } from "./syncs/sources.js";
import { SetAside } from "./syncs/set-aside.js";
import { Streams } from "./syncs/streams.js";
import { SyncNow } from "./syncs/sync-now.js";
import { SyncPanel } from "./syncs/sync-panel.js";

/** The syncs of a project's sources, one source at a time. */
export function Syncs({ projectId }) {
    const { query } = useRoute();
    const others = useData(`/api/projects/${projectId}/sources`);
    const all = { ...SOURCES };
    for (const source of others.data ?? []) {
        all[source.name] ??= fileSource(source);
    }
    const of = all[query.get("source")] ?? SOURCES.jira;
    const tab = one => ({
        text: one.name, current: one.source === of.source,
        href: address(`/projects/${projectId}/syncs`, { source: one === SOURCES.jira ? null : one.source }),
    });
    return html`
        <${PageHead} title="Syncs">What is fetched from each source, when, and what came of it.<//>
        <${Tabs} label="Sources" of=${Object.values(all).map(tab)} />
        <${SyncsOf} key=${of.source} projectId=${projectId} query=${query} of=${of} />`;
}

function SyncsOf({ projectId, query, of }) {
    const list = useList(
        withQuery(`/api/projects/${projectId}/${of.path}-logs`, { limit: SIZE, status: query.get("status"), syncType: query.get("syncType") }),
        { every: useFallback(30_000) });
    const { sync, loaded, error, reload } = useLatestSync(projectId, () => list.reload(), of);
    useEffect(() => {
        if (sync && list.data && !list.data.some(known => known.id >= sync.id)) {
            list.reload();
        }
    }, [sync?.id]);
    const running = sync?.status === "running";
    const shown = query.get("sync");

    return html`
        <div class=${"split" + (shown ? " open" : "")}>
            <div class="stack">
                <${ErrorNotice} error=${error} retry=${reload} />
                <div class="columns">
                    ${may("MANAGER") && html`
                        <section class="card" aria-label="Sync now">
                            <h2>Sync now</h2>
                            <${SyncNow} projectId=${projectId} running=${running} onStarted=${reload} of=${of}
                                heldBack=${sync?.warnings?.some(warning => warning.code === "deletion-guard")} />
                        </section>`}
                    <section class="card" aria-label="Latest sync">
                        <h2>${running ? "Running now" : "Latest sync"}</h2>
                        ${sync && html`<${SyncProgress} projectId=${projectId} sync=${sync} of=${of} />`}
                        ${loaded && !sync && html`<${Empty} title="No sync yet">${of.first}<//>`}
                    </section>
                </div>
                ${sync?.streams?.length > 0 && html`<section class="stack tight" aria-label="Streams"><h2>Streams</h2><${Streams} of=${sync.streams} /></section>`}
                ${of === SOURCES.jira && html`<${SetAside} projectId=${projectId} watch=${sync?.completedAt} />`}
                <${SyncHistory} list=${list} latest=${sync} query=${query} of=${of} />
            </div>
            ${shown && html`<${SyncPanel} key=${shown} projectId=${projectId} id=${shown} fresh=${sync} of=${of} />`}
        </div>`;
}
