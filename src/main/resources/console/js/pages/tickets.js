import { withQuery } from "../api.js";
import { useList } from "../data.js";
import { useFallback } from "../live.js";
import { Button } from "../parts/button.js";
import { clearFilters, useSince } from "../parts/filters.js";
import { Empty, Loaded, Notice } from "../parts/notice.js";
import { PageHead } from "../parts/page-head.js";
import { Pager } from "../parts/pager.js";
import { Table } from "../parts/table.js";
import { refine, useRoute } from "../route.js";
import { html, useRef } from "../view.js";
import { counted } from "../words.js";
import { COLUMNS, SHORT_COLUMNS } from "./tickets/columns.js";
import { FILTERS, TicketFilters } from "./tickets/filters.js";
import { useLiveRows } from "./tickets/live-rows.js";
import { TicketPanel } from "./tickets/ticket-panel.js";

const SIZE = 50;
const DEFAULT_ORDER = "-updatedDate";
const OFFERED = ["status", "assignee", "labels", "issueType", "priority"];

export function Tickets({ projectId }) {
    const { query } = useRoute();
    const order = query.get("sort") ?? DEFAULT_ORDER;
    const since = useSince(query.get("since"));
    const list = useList(pathOf(projectId, query, order, since), { every: useFallback(30_000) });
    const { flashing, elsewhere, seen } = useLiveRows(projectId, list);
    const known = useKnown(list.data);
    const open = query.get("ticket");
    const filtered = FILTERS.some(name => query.get(name));

    function reload() {
        seen();
        (list.first ?? list.reload)();
    }

    return html`
        <${PageHead} title="Tickets" />
        <div class=${"split" + (open ? " open" : "")}>
            <div class="stack">
                <${TicketFilters} query=${query} known=${known} />
                ${elsewhere > 0 && html`
                    <${Notice} action=${html`<${Button} kind="tiny" onClick=${reload}>Show<//>`}>
                        ${counted(elsewhere, "ticket")} not on this page changed.
                    <//>`}
                <${Loaded} from=${list}>${tickets => tickets.length === 0
                    ? html`<${Nothing} filtered=${filtered} projectId=${projectId} />`
                    : html`<div>
                        <${Table} caption="Tickets" columns=${open ? SHORT_COLUMNS : COLUMNS} rows=${tickets} busy=${list.loading}
                            identify=${ticket => ticket.id} order=${{ sort: order, onSort: sort => refine({ sort }) }}
                            state=${ticket => ({
                                current: ticket.jiraKey === open,
                                flash: flashing.has(ticket.id),
                                gone: ticket.syncStatus === "deleted",
                            })}
                            onOpen=${ticket => refine({ ticket: ticket.jiraKey }, { step: true })} />
                        <${Pager} list=${list} size=${SIZE} one="ticket" />
                    </div>`}<//>
            </div>
            ${open && html`<${TicketPanel} key=${open} projectId=${projectId} issueKey=${open} />`}
        </div>`;
}

const Nothing = ({ filtered, projectId }) => filtered
    ? html`<${Empty} title="No ticket matches" action=${html`
        <${Button} onClick=${() => clearFilters(FILTERS)}>Clear filters<//>`}>
        Search looks in key, summary and description. The other filters match the exact value.<//>`
    : html`<${Empty} title="No ticket yet" action=${html`<a class="button" href=${`#/projects/${projectId}/syncs`}>Open syncs</a>`}>
        The first sync collects the tickets.<//>`;

function pathOf(projectId, query, sort, since) {
    const filter = name => query.get(name);
    return withQuery(`/api/projects/${projectId}/jira-tickets`, {
        limit: SIZE,
        sort,
        search: filter("search"),
        status: filter("status"),
        assignee: filter("assignee"),
        labels: filter("labels"),
        issueType: filter("issueType"),
        priority: filter("priority"),
        updatedSince: since,
        syncStatus: filter("syncStatus"),
    });
}

/** The values that have been seen on this page, to be offered in the filters. */
function useKnown(tickets) {
    const known = useRef(Object.fromEntries(OFFERED.map(name => [name, new Set()]))).current;
    for (const ticket of tickets ?? []) {
        for (const name of OFFERED) {
            [ticket[name]].flat().filter(Boolean).forEach(value => known[name].add(value));
        }
    }
    return known;
}
