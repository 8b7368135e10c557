import { ChosenFilter, FilterBox, SinceFilter, TypedFilter } from "../../parts/filters.js";
import { html } from "../../view.js";
import { ticketState, ticketStates } from "../../words.js";

export const FILTERS = ["search", "status", "assignee", "labels", "issueType", "priority", "since", "syncStatus"];

const SYNC_STATUS = [["", "Not deleted"], ...ticketStates.map(name => [name, ticketState(name).text]), ["all", "Any"]];

/** known: {status: Set, …}, the values seen so far, offered while one types. */
export function TicketFilters({ query, known }) {
    const text = (name, label) => html`<${TypedFilter} key=${name} query=${query} name=${name} label=${label} choices=${known[name]} />`;
    return html`
        <${FilterBox} label="Tickets" query=${query} names=${FILTERS}>
            <${TypedFilter} query=${query} name="search" label="Search" look="wide" type="search" placeholder="Words or a key" />
            ${text("status", "Status")}
            ${text("assignee", "Assignee")}
            ${text("labels", "Labels (all of)")}
            ${text("issueType", "Type")}
            ${text("priority", "Priority")}
            <${SinceFilter} query=${query} label="Updated" />
            <${ChosenFilter} query=${query} name="syncStatus" label="Sync status" options=${SYNC_STATUS} />
        <//>`;
}
