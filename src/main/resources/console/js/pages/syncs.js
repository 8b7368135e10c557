import { useData, useList } from "../data.js";
import { useFallback } from "../live.js";
import { PageHead } from "../parts/page-head.js";
import { Empty, ErrorNotice, Loaded, Notice } from "../parts/notice.js";
import { withQuery } from "../api.js";
import { Tabs } from "../parts/tabs.js";
import { address, useRoute } from "../route.js";
import { may } from "../session.js";
import { html, useEffect } from "../view.js";
import { SIZE, SyncHistory } from "./syncs/history.js";
import { Quarantine } from "./syncs/quarantine.js";
import { SyncProgress } from "./syncs/progress.js";
import { useLatestSync } from "./syncs/running.js";
import { fileSource, SOURCES } from "./syncs/sources.js";
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
    const asked = query.get("source");
    // A file source is known by the answer only.
    const unknown = asked !== null && !(asked in all) && others.data === null;
    const of = all[asked] ?? SOURCES.jira;
    const connected = others.data?.find(source => source.name === of.source)?.configured;
    const tab = one => ({
        text: one.name, current: !unknown && one.source === of.source,
        href: address(`/projects/${projectId}/syncs`, { source: one === SOURCES.jira ? null : one.source }),
    });
    return html`
        <${PageHead} title="Syncs">What each source’s syncs fetched, when, and with what result.<//>
        <${Tabs} label="Sources" of=${Object.values(all).map(tab)} />
        ${connected === false && html`<div class="above"><${Notice} tone="warn" title="Not connected:"
            action=${html`<a class="button tiny" href=${`#/projects/${projectId}/connections`}>Open connections</a>`}>This project has no connection to ${of.name}.<//></div>`}
        ${unknown ? html`<${Loaded} from=${others}>${() => null}<//>` : html`<${SyncsOf} key=${of.source} projectId=${projectId} query=${query} of=${of} connected=${connected} />`}`;
}

function SyncsOf({ projectId, query, of, connected }) {
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
                    ${may("MANAGER") && connected !== false && html`
                        <section class="card" aria-label="Sync now">
                            <h2>Sync now</h2>
                            <${SyncNow} projectId=${projectId} running=${running} onStarted=${reload} of=${of}
                                heldBack=${sync?.warnings?.some(warning => warning.code === "deletion-guard")} />
                        </section>`}
                    <section class="card" aria-label="Latest sync">
                        <h2>${running ? "Sync running" : "Latest sync"}</h2>
                        ${sync && html`<${SyncProgress} projectId=${projectId} sync=${sync} of=${of} />`}
                        ${loaded && !sync && html`<${Empty} title="No sync yet">${connected === false ? of.first : "Start one, or wait for the schedule."}<//>`}
                    </section>
                </div>
                ${sync?.streams?.length > 0 && html`<section class="stack tight" aria-label="Streams"><h2>Streams</h2><${Streams} of=${sync.streams} /></section>`}
                <${Quarantine} projectId=${projectId} of=${of} watch=${sync?.completedAt} />
                ${(connected !== false || list.total > 0) && html`<${SyncHistory} list=${list} latest=${sync} query=${query} of=${of} />`}
            </div>
            ${shown && html`<${SyncPanel} key=${shown} projectId=${projectId} id=${shown} fresh=${sync} of=${of} />`}
        </div>`;
}
