import { StateBadge } from "../../parts/badge.js";
import { Table } from "../../parts/table.js";
import { html } from "../../view.js";
import { count, streamName, streamState } from "../../words.js";

const figure = (name, field, more) => ({ name, end: true, cell: stream => count(stream[field] ?? 0), ...more });

const COLUMNS = [
    {
        name: "Stream", kind: "bare",
        cell: stream => html`${streamName(stream.name)}${stream.repository && html`<div class="small quiet wrap-anywhere">${stream.repository}</div>`}${stream.error && html`<div class="small failure wrap-anywhere">${stream.error}</div>`}`,
    },
    { name: "State", kind: "once", cell: stream => html`<${StateBadge} state=${streamState(stream.state)} />` },
    figure("Items", "processed"),
    figure("Created", "created", { wide: true }),
    figure("Updated", "updated", { wide: true }),
    figure("Requests", "requests"),
];
const SHORT_COLUMNS = COLUMNS.filter(column => !column.wide);

/** The lists that a sync walks, and how far each is. short: where there is little space */
export const Streams = ({ of, short }) => of?.length > 0 && html`
    <${Table} caption="Streams of the sync" columns=${short ? SHORT_COLUMNS : COLUMNS} rows=${of} identify=${stream => `${stream.repository} ${stream.name}`} />`;
