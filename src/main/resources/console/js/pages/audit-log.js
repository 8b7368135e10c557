import { withQuery } from "../api.js";
import { useList } from "../data.js";
import { TextField } from "../parts/form.js";
import { Moment } from "../parts/moment.js";
import { Empty, Loaded, Notice } from "../parts/notice.js";
import { PageHead } from "../parts/page-head.js";
import { Pager } from "../parts/pager.js";
import { Table } from "../parts/table.js";
import { projectName, projects } from "../projects.js";
import { refine, useRoute } from "../route.js";
import { may } from "../session.js";
import { useStore } from "../store.js";
import { html } from "../view.js";
import { plain } from "../words.js";

const SIZE = 50;

export function AuditLog() {
    return html`
        <${PageHead} title="Audit log">Who changed what, newest first.<//>
        ${may("ADMIN") ? html`<${Entries} />` : html`<${Notice} tone="warn">Only administrators can read the audit log.<//>`}`;
}

const iso = text => (text && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : null);

function Entries() {
    const { query } = useRoute();
    const filter = name => query.get(name) ?? "";
    const list = useList(withQuery("/api/audit-log", {
        limit: SIZE, actor: filter("actor"), action: filter("action"), from: iso(filter("from")), to: iso(filter("to")),
    }));
    const field = (name, label, more) => html`
        <${TextField} label=${label} value=${filter(name)} onValue=${value => refine({ [name]: value })} spellcheck=${false} ...${more} />`;
    return html`
        <div class="stack">
            <form class="filters" role="search" aria-label="Audit log" onSubmit=${event => event.preventDefault()}>
                ${field("actor", "User", { placeholder: "Exact name" })}
                ${field("action", "Action", { placeholder: "jira-config.save" })}
                ${field("from", "From", { type: "datetime-local" })}
                ${field("to", "To", { type: "datetime-local" })}
            </form>
            <${Loaded} from=${list}>${entries => entries.length === 0
                ? html`<${Empty} title="No entry matches">User and action must match exactly.<//>`
                : html`<div>
                    <${Table} caption="Audit log" columns=${COLUMNS} rows=${entries} identify=${entry => entry.id} busy=${list.loading} />
                    <${Pager} list=${list} size=${SIZE} one="entry" many="entries" />
                </div>`}<//>
        </div>`;
}

const COLUMNS = [
    { name: "Time", kind: "once", cell: entry => html`<${Moment} at=${entry.at} />` },
    { name: "User", cell: entry => entry.actor },
    { name: "Action", kind: "once", cell: entry => html`<span class="mono">${entry.action}</span>` },
    { name: "Target", cell: entry => html`<${Target} of=${entry.target} />` },
    { name: "Change", kind: "grow", cell: entry => html`<${Change} entry=${entry} />` },
    { name: "IP address", kind: "once", cell: entry => entry.address && html`<span class="mono">${entry.address}</span>` },
];

/** What an action was about: a project by its name, else as the API names it. */
function Target({ of }) {
    const { list } = useStore(projects);
    const [, id, rest] = String(of ?? "").match(/^project\/(\d+)(.*)$/) ?? [];
    return id
        ? html`<a href=${`#/projects/${id}`}>${projectName(list, Number(id))}</a>${rest && html` <span class="mono wrap-anywhere">${rest.replace(/^\//, "")}</span>`}`
        : html`<span class="mono wrap-anywhere">${of}</span>`;
}

/** What differs between before and after. */
function Change({ entry }) {
    const { before = {}, after = {} } = entry;
    const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
        .filter(name => plain(before?.[name]) !== plain(after?.[name]));
    return names.length > 0 && html`
        <ul>
            ${names.map(name => html`
                <li key=${name} class="wrap-anywhere"><span class="quiet">${name}:</span>${" "}
                    ${entry.before && name in entry.before && html`<del class="quiet">${plain(entry.before[name])}</del> → `}
                    ${plain(after?.[name])}</li>`)}
        </ul>`;
}
