import { post } from "../../api.js";
import { StateBadge } from "../../parts/badge.js";
import { Button, useAction } from "../../parts/button.js";
import { say } from "../../parts/messages.js";
import { Moment } from "../../parts/moment.js";
import { Empty, ErrorNotice, Notice } from "../../parts/notice.js";
import { Outside } from "../../parts/outside.js";
import { Pairs } from "../../parts/pairs.js";
import { may } from "../../session.js";
import { html, useRef } from "../../view.js";
import { healthState } from "../../words.js";
import { SyncProgress } from "../syncs/progress.js";
import { useLatestSync } from "../syncs/running.js";
import { SOURCES } from "../syncs/sources.js";
import { Streams } from "../syncs/streams.js";
import { Sha } from "./cells.js";

const DEPTHS = { shallow: "Shallow: file names, sizes and history", deep: "Deep: file contents as well" };

/** How the repository is connected, and how it is kept up with. */
export function Repository({ projectId, config, health, analysis }) {
    const { sync, loaded, error, reload } = useLatestSync(projectId, undefined, SOURCES.github);
    const running = sync?.status === "running";
    // Whoever has watched the streams wants to see what became of them.
    const watched = useRef(false);
    watched.current ||= running;
    const start = useAction(async () => {
        watched.current = true;
        try {
            await post(`/api/projects/${projectId}/github-sync`, { syncType: "incremental" });
        } catch (failed) {
            if (failed.status !== 409) {
                throw failed;
            }
            say("A sync is already running.", { tone: "warn" });
        }
        await reload();
    });
    return html`
        <div class="columns">
            <section class="card" aria-label="Repository">
                <header><h2 class="wrap-anywhere"><${Outside} to=${pageOf(config)}>${config.repository}<//></h2>
                    ${health && html`<${StateBadge} state=${healthState(health.status)} />`}</header>
                ${health?.error && html`<${Notice} tone=${health.status === "DOWN" ? "bad" : "warn"} title="Problem:">${health.error}<//>`}
                <${Pairs} of=${[
                    ["API", config.apiUrl && html`<span class="wrap-anywhere">${config.apiUrl}</span>`],
                    ["Last success", health?.lastSuccess && html`<${Moment} at=${health.lastSuccess} />`],
                    ["Analysis", analysis ? DEPTHS[analysis.depth] ?? analysis.depth : DEPTHS[config.analysisDepth] && `${config.analysisDepth}, no analysis yet`],
                    ["Analysed", analysis?.analyzedAt && html`<${Moment} at=${analysis.analyzedAt} />`],
                    ["At commit", analysis?.commitSha && html`<${Sha} projectId=${projectId} sha=${analysis.commitSha} />`],
                ]} />
            </section>
            <section class="card" aria-label="Latest sync">
                <header><h2>${running ? "Sync running" : "Latest sync"}</h2>
                    <span class="row"><a class="small" href=${`#/projects/${projectId}/syncs?source=github`}>All syncs</a>
                        ${may("MANAGER") && html`<${Button} kind="tiny" busy=${start.busy} disabled=${running} onClick=${() => start.run()}>
                            ${running ? "A sync is running" : "Sync now"}<//>`}</span></header>
                <${ErrorNotice} error=${start.error ?? error} />
                ${sync && html`<${SyncProgress} projectId=${projectId} sync=${sync} of=${SOURCES.github} />`}
                ${loaded && !sync && html`<${Empty} title="No sync yet">The first sync collects the whole repository.<//>`}
                ${sync?.streams?.length > 0 && html`
                    <details open=${watched.current || undefined}><summary>Streams</summary><${Streams} of=${sync.streams} short /></details>`}
            </section>
        </div>`;
}

/** The repository's page: that of GitHub, or of the server whose API it is. */
function pageOf({ apiUrl, repository }) {
    try {
        const url = new URL(apiUrl);
        const host = url.host === "api.github.com" ? "github.com" : /\/api\/v3\/?$/.test(url.pathname) ? url.host : null;
        return host && `${url.protocol}//${host}/${repository}`;
    } catch {
        return null;
    }
}
