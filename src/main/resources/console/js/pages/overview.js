import { withQuery } from "../api.js";
import { useData, useList } from "../data.js";
import { useFallback, useLive } from "../live.js";
import { Empty, ErrorNotice, Loaded } from "../parts/notice.js";
import { PageHead } from "../parts/page-head.js";
import { Table } from "../parts/table.js";
import { projectName, projects } from "../projects.js";
import { go } from "../route.js";
import { useStore } from "../store.js";
import { html } from "../view.js";
import { connectionsSentence } from "../words.js";
import { Feed } from "./overview/feed.js";
import { ProjectTiles } from "./overview/tiles.js";
import { SyncProgress } from "./syncs/progress.js";
import { useLatestSync } from "./syncs/running.js";
import { overviewColumns } from "./tickets/columns.js";
import { useLiveRows } from "./tickets/live-rows.js";

const SHOWN = 10;

/** The page to keep open: how the project is, what goes on, what has just changed. */
export function Overview({ projectId }) {
    const { list } = useStore(projects);
    const health = useData("/api/integrations/health", { every: 30_000 });
    const events = useList(withQuery("/api/webhooks/events", { limit: 1, projectId }), { every: 30_000 });
    const dead = useList(withQuery("/api/webhooks/events", { limit: 1, projectId, status: "dead" }), { every: 30_000 });
    const tickets = useList(withQuery(`/api/projects/${projectId}/jira-tickets`, { limit: SHOWN, sort: "-updatedDate" }), { every: useFallback(15_000) });
    const { flashing } = useLiveRows(projectId, tickets, { whole: true });
    const { sync, loaded, error, reload } = useLatestSync(projectId, () => health.reload());
    useLive(message => message.type === "health_changed" && health.reload());

    if (list !== null && !list.some(project => project.id === projectId)) {
        return html`<${PageHead} title="Project not found"><a href="#/">All projects</a><//>`;
    }
    const connections = health.data?.integrations.filter(one => one.projectId === projectId);
    const jira = connections?.some(one => one.type === "jira");
    const path = `#/projects/${projectId}`;
    return html`
        <${PageHead} title=${projectName(list, projectId)}>${connections ? connectionsSentence(connections) : health.error && "The health of the connections is unavailable."}<//>
        <div class="stack">
            <${ProjectTiles} path=${path} projectId=${projectId} connections=${connections} events=${events} dead=${dead} tickets=${tickets} sync=${sync} />
            <div class="columns">
                <section class="card" aria-label="Latest Jira sync">
                    <header><h2>${sync?.status === "running" ? "Jira sync running" : "Latest Jira sync"}</h2><a class="small" href=${path + "/syncs"}>All syncs</a></header>
                    ${!sync && html`<${ErrorNotice} error=${error} retry=${reload} />`}
                    ${sync && html`<${SyncProgress} projectId=${projectId} sync=${sync} />`}
                    ${loaded && !sync && html`<${Empty} title="No sync yet" action=${jira
                        ? html`<a class="button" href=${path + "/syncs"}>Open syncs</a>`
                        : html`<a class="button" href=${path + "/connections"}>Connect to Jira</a>`}>
                        The first sync collects the tickets.<//>`}
                </section>
                <${Feed} projectId=${projectId} />
            </div>
            <section class="stack tight" aria-label="Recently updated tickets">
                <div class="row apart"><h2>Recently updated tickets</h2><a class="small" href=${path + "/tickets"}>All tickets</a></div>
                <${Loaded} from=${tickets}>${rows => rows.length === 0
                    ? html`<p class="quiet">No tickets yet.</p>`
                    : html`<${Table} caption="Recently updated tickets" columns=${overviewColumns(path)} rows=${rows} identify=${ticket => ticket.id}
                        state=${ticket => ({ flash: flashing.has(ticket.id) })}
                        onOpen=${ticket => go(`/projects/${projectId}/tickets`, { ticket: ticket.jiraKey })} />`}<//>
            </section>
        </div>`;
}
