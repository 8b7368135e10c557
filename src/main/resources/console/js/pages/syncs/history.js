import { StateBadge } from "../../parts/badge.js";
import { SelectField } from "../../parts/form.js";
import { Moment } from "../../parts/moment.js";
import { Empty, Loaded } from "../../parts/notice.js";
import { Pager } from "../../parts/pager.js";
import { Table } from "../../parts/table.js";
import { here, refine } from "../../route.js";
import { duration } from "../../time.js";
import { html } from "../../view.js";
import { count, syncState, syncType } from "../../words.js";
import { SyncCharts } from "./chart.js";

export const SIZE = 50;

const any = text => ["", text];
const STATUS = [any("Any status"), ["running", "Running"], ["completed", "Completed"], ["failed", "Failed"], ["cancelled", "Cancelled"]];
const kinds = of => [any("Any type"), ...of.filters.map(name => [name, syncType(name)])];

const figure = (of, name) => sync => count(of.figures(sync)[name]);

const columns = of => [
    { name: "Started", kind: "once", cell: sync => html`<a data-opener=${"sync-" + sync.id} href=${here({ sync: sync.id })}><${Moment} at=${sync.startedAt} /></a>` },
    { name: "Type", cell: sync => syncType(sync.syncType) },
    { name: "Status", cell: sync => html`<${StateBadge} state=${syncState(sync)} />` },
    { name: "Duration", end: true, kind: "once", cell: sync => sync.status !== "running" && duration(sync.durationMs) },
    { name: of.Things, end: true, cell: figure(of, "processed") },
    { name: "Created", end: true, wide: true, cell: figure(of, "created") },
    { name: "Updated", end: true, wide: true, cell: figure(of, "updated") },
    { name: "Deleted", end: true, wide: true, cell: figure(of, "deleted") },
    of.source === "jira"
        ? { name: "Quarantined", end: true, wide: true, cell: figure(of, "invalid") }
        : { name: "Requests", end: true, wide: true, cell: figure(of, "requests") },
    { name: "Message", kind: "grow", wide: true, cell: sync => remark(sync) && html`<span class="clip">${remark(sync)}</span>` },
];

const remark = sync => sync.errorMessage ?? sync.warnings?.map(warning => warning.message).join(" ");

/** latest: the newest sync, live. */
export function SyncHistory({ list, latest, query, of }) {
    const filter = name => ({ value: query.get(name) ?? "", onValue: value => refine({ [name]: value }) });
    const fresh = syncs => syncs.map(sync => (sync.id === latest?.id ? latest : sync));
    const open = query.get("sync");
    const filtered = query.get("status") || query.get("syncType");
    return html`
        <section class="stack" aria-label="History">
            <div class="row apart">
                <h2>History</h2>
                <div class="row">
                    <${SelectField} label="Status" look="inline" options=${STATUS} ...${filter("status")} />
                    <${SelectField} label="Type" look="inline" options=${kinds(of)} ...${filter("syncType")} />
                </div>
            </div>
            <${Loaded} from=${list}>${syncs => syncs.length === 0
                ? html`<${Empty} title=${filtered ? "No sync matches" : "No sync yet"}>
                    ${filtered ? "Choose another status or type." : "Start one above, or wait for the schedule."}<//>`
                : html`
                    <${SyncCharts} syncs=${syncs} of=${of} />
                    <div>
                        <${Table} caption="Syncs, newest first" columns=${columns(of).filter(column => !(open && column.wide))} rows=${fresh(syncs)} identify=${sync => sync.id}
                            state=${sync => ({ current: String(sync.id) === query.get("sync") })}
                            onOpen=${sync => refine({ sync: sync.id }, { step: true })} busy=${list.loading} />
                        <${Pager} list=${list} size=${SIZE} one="sync" />
                    </div>`}<//>
        </section>`;
}
