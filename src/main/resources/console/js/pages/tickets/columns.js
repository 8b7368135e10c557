import { StateBadge, Tags } from "../../parts/badge.js";
import { Moment } from "../../parts/moment.js";
import { here } from "../../route.js";
import { html } from "../../view.js";
import { goneWhy, ticketState } from "../../words.js";

/** What the list shows of a ticket. Its texts come from Jira and stay texts. */
export const COLUMNS = [
    {
        name: "Key", sort: "jiraKey", kind: "once bare",
        cell: ticket => html`<a class="mono" data-opener=${"ticket-" + ticket.jiraKey} href=${here({ ticket: ticket.jiraKey })}>${ticket.jiraKey}</a>`,
    },
    { name: "Summary", sort: "summary", kind: "grow bare", cell: ticket => html`<span class="clip" dir="auto">${ticket.summary}</span>` },
    { name: "Status", sort: "status", kind: "once", cell: ticket => html`<span class="tag">${ticket.status}</span>` },
    { name: "Assignee", sort: "assignee", cell: ticket => ticket.assignee ?? html`<span class="quiet">Unassigned</span>` },
    { name: "Type", sort: "issueType", cell: ticket => ticket.issueType },
    { name: "Priority", sort: "priority", cell: ticket => ticket.priority },
    { name: "Labels", cell: ticket => ticket.labels?.length > 0 && html`<${Tags} of=${ticket.labels} most=${2} />` },
    { name: "Updated", sort: "updatedDate", kind: "once", cell: ticket => html`<${Moment} at=${ticket.updatedDate} />` },
    { name: "Sync", kind: "once", cell: ticket => html`<${StateBadge} state=${ticketState(ticket.syncStatus)} title=${ticket.deletedReason && goneWhy(ticket.deletedReason)} />` },
];

const named = (...names) => names.map(name => COLUMNS.find(column => column.name === name));

export const SHORT_COLUMNS = named("Key", "Summary", "Status", "Updated");

/** For a list on another page: the key leads to the list of tickets. path: of the project */
export const overviewColumns = path => [
    { ...COLUMNS[0], cell: ticket => html`<a class="mono" href=${`${path}/tickets?ticket=${encodeURIComponent(ticket.jiraKey)}`}>${ticket.jiraKey}</a>` },
    ...named("Summary", "Status", "Assignee", "Updated"),
];
