import { withQuery } from "../api.js";
import { useData, useList } from "../data.js";
import { useFallback, useLive } from "../live.js";
import { Button } from "../parts/button.js";
import { ChosenFilter, clearFilters, FilterBox, TypedFilter } from "../parts/filters.js";
import { Moment } from "../parts/moment.js";
import { Empty, Loaded } from "../parts/notice.js";
import { Outside } from "../parts/outside.js";
import { PageHead } from "../parts/page-head.js";
import { Pager } from "../parts/pager.js";
import { Table } from "../parts/table.js";
import { refine, useRoute } from "../route.js";
import { useSoon } from "../soon.js";
import { html } from "../view.js";
import { counted, integration, streamName } from "../words.js";
import { Tickets } from "./github/cells.js";

const SIZE = 50;
const FILTERS = ["search", "stream", "state", "jiraKey"];

/** What a file source has collected for a project. source: its name */
export function SourceItems({ projectId, source }) {
    const all = useData(`/api/projects/${projectId}/sources`, { every: useFallback(30_000) });
    const known = all.data?.find(one => one.name === source);
    if (all.data && (!known || known.builtIn)) {
        return html`<${PageHead} title="Source not found">This platform has no source named ${source}. <a href=${`#/projects/${projectId}`}>Open the project</a><//>`;
    }
    const lead = known?.configured && html`${counted(known.items ?? 0, "item")}, latest successful sync <${Moment} at=${known.lastSuccessAt} none="none yet" />.`;
    return html`
        <${PageHead} title=${known?.title ?? integration(source)} actions=${known?.configured && html`<a class="button" href=${`#/projects/${projectId}/syncs?source=${source}`}>Open syncs</a>`}>${lead}<//>
        <${Loaded} from=${all}>${() => (known.configured
            ? html`<${Items} projectId=${projectId} of=${known} changed=${all.reload} />`
            : html`<${Empty} title="Not connected" action=${html`<a class="button" href=${`#/projects/${projectId}/connections`}>Open connections</a>`}>
                Connect the project to ${known.title}. The first sync then collects its items.<//>`)}<//>`;
}

function Items({ projectId, of, changed }) {
    const { query } = useRoute();
    const filters = Object.fromEntries(FILTERS.map(name => [name, query.get(name)]));
    const list = useList(withQuery(`/api/projects/${projectId}/sources/${of.name}/items`, { limit: SIZE, sort: query.get("sort"), ...filters }),
        { every: useFallback(30_000) });
    const soon = useSoon(() => {
        list.reload();
        changed();
    });
    useLive(message => {
        if (message.type === "resync" || (message.source === of.name && message.type.startsWith("sync_") && message.type !== "sync_started")) {
            soon();
        }
    });
    const streams = [["", "Any stream"], ...of.streams.map(name => [name, streamName(name)])];
    return html`
        <div class="stack">
            <${FilterBox} label="Items" query=${query} names=${FILTERS}>
                <${TypedFilter} query=${query} name="search" label="Search" look="wide" type="search" placeholder="Part of a title, or an ID" />
                <${ChosenFilter} query=${query} name="stream" label="Stream" options=${streams} />
                <${TypedFilter} query=${query} name="state" label="State" placeholder="Exact state" spellcheck=${false} />
                <${TypedFilter} query=${query} name="jiraKey" label="Ticket" placeholder="DEMO-1" spellcheck=${false} />
            <//>
            <${Loaded} from=${list}>${rows => rows.length === 0
                ? html`<${Nothing} projectId=${projectId} of=${of} filtered=${Object.values(filters).some(Boolean)} />`
                : html`<div>
                    <${Table} caption=${"Items of " + of.title} columns=${columns(projectId)} rows=${rows} busy=${list.loading}
                        identify=${item => `${item.stream} ${item.id}`}
                        order=${{ sort: query.get("sort") ?? "-updatedAt", onSort: sort => refine({ sort }) }} />
                    <${Pager} list=${list} size=${SIZE} one="item" />
                </div>`}<//>
        </div>`;
}

const Nothing = ({ projectId, of, filtered }) => (filtered
    ? html`<${Empty} title="No item matches" action=${html`<${Button} onClick=${() => clearFilters(FILTERS)}>Clear filters<//>`}>Change or clear the filters.<//>`
    : html`<${Empty} title="No items yet" action=${html`<a class="button" href=${`#/projects/${projectId}/syncs?source=${of.name}`}>Open syncs</a>`}>
        The next sync collects the items of ${of.title}.<//>`);

const columns = projectId => [
    { name: "Title", sort: "title", kind: "grow bare", cell: item => html`<span class="clip" dir="auto"><${Outside} to=${item.url}>${item.title || item.id}<//></span>` },
    { name: "ID", kind: "once", cell: item => html`<span class="mono">${item.id}</span>` },
    { name: "Stream", kind: "once", cell: item => streamName(item.stream) },
    { name: "State", sort: "state", kind: "once", cell: item => item.state && html`<span class="tag">${item.state}</span>` },
    { name: "Author", kind: "person", cell: item => item.author },
    { name: "Tickets", kind: "once", cell: item => html`<${Tickets} projectId=${projectId} keys=${item.jiraKeys} />` },
    { name: "Created", sort: "createdAt", kind: "once", cell: item => html`<${Moment} at=${item.createdAt} />` },
    { name: "Updated", sort: "updatedAt", kind: "once", cell: item => html`<${Moment} at=${item.updatedAt} />` },
];
