import { StateBadge } from "../../parts/badge.js";
import { Table } from "../../parts/table.js";
import { html } from "../../view.js";
import { count, streamName, streamState } from "../../words.js";

const COLUMNS = [
    { name: "Stream", kind: "bare", cell: stream => streamName(stream.name) },
    { name: "State", kind: "once", cell: stream => html`<${StateBadge} state=${streamState(stream.state)} />` },
    { name: "Items", end: true, cell: stream => count(stream.processed ?? 0) },
    { name: "New", end: true, cell: stream => count(stream.created ?? 0) },
    { name: "Changed", end: true, cell: stream => count(stream.updated ?? 0) },
    { name: "Requests", end: true, cell: stream => count(stream.requests ?? 0) },
];
const REMARK = { name: "Remark", kind: "grow", cell: stream => stream.error && html`<span class="wrap-anywhere">${stream.error}</span>` };

/** The lists that a sync walks, and how far each is. */
export const Streams = ({ of }) => of?.length > 0 && html`
    <${Table} caption="Streams of the sync" columns=${of.some(stream => stream.error) ? [...COLUMNS, REMARK] : COLUMNS} rows=${of}
        identify=${stream => stream.name} />`;
