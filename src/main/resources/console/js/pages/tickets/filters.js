import { SelectField, TextField } from "../../parts/form.js";
import { Button } from "../../parts/button.js";
import { refine } from "../../route.js";
import { html, useEffect, useRef, useState } from "../../view.js";
import { ticketState, ticketStates } from "../../words.js";

export const FILTERS = ["search", "status", "assignee", "labels", "issueType", "priority", "since", "syncStatus"];

const SINCE = [["", "Any time"], ["1h", "Last hour"], ["1d", "Last day"], ["7d", "Last 7 days"], ["30d", "Last 30 days"]];
const LENGTHS = { "1h": 3600e3, "1d": 86400e3, "7d": 7 * 86400e3, "30d": 30 * 86400e3 };
const SYNC_STATUS = [["", "All but deleted"], ...ticketStates.map(name => [name, ticketState(name).text]), ["all", "All"]];

/** The API's updatedSince for a choice. */
export const updatedSince = choice =>
    LENGTHS[choice] ? new Date(Date.now() - LENGTHS[choice]).toISOString() : null;

/** known: {status: Set, …}, the values seen so far, offered while one types. */
export function TicketFilters({ query, known }) {
    const set = FILTERS.filter(name => query.get(name));
    const text = (name, label) => html`
        <${TypedFilter} key=${name} name=${name} label=${label} value=${query.get(name) ?? ""} choices=${known[name]} />`;
    const choice = (name, label, options) => html`
        <${SelectField} label=${label} options=${options} value=${query.get(name) ?? ""} onValue=${value => refine({ [name]: value })} />`;
    const wide = matchMedia("(width >= 36rem)").matches;

    return html`
        <details class="filter-box" open=${wide || undefined}>
            <summary>Filters${set.length > 0 && ` (${set.length} set)`}</summary>
            <form class="filters" role="search" aria-label="Tickets" onSubmit=${event => event.preventDefault()}>
                <${TypedFilter} name="search" label="Search" look="wide" type="search" value=${query.get("search") ?? ""}
                    placeholder="Words, or a key" />
                ${text("status", "Status")}
                ${text("assignee", "Assignee")}
                ${text("labels", "Labels, all of")}
                ${text("issueType", "Type")}
                ${text("priority", "Priority")}
                ${choice("since", "Updated", SINCE)}
                ${choice("syncStatus", "Sync state", SYNC_STATUS)}
                ${set.length > 0 && html`
                    <${Button} onClick=${() => refine(Object.fromEntries(FILTERS.map(name => [name, null])))}>Clear filters<//>`}
            </form>
        </details>`;
}

/** Applied a moment after the last key, or at once with Enter. */
function TypedFilter({ name, label, value, choices, ...others }) {
    const [typed, setTyped] = useState(value);
    const timer = useRef(null);
    useEffect(() => {
        setTyped(value);
        return () => clearTimeout(timer.current);
    }, [value]);

    function apply(text, pause) {
        clearTimeout(timer.current);
        setTyped(text);
        timer.current = setTimeout(() => refine({ [name]: text.trim() }), pause);
    }

    const list = choices?.size > 0 ? name + "-choices" : undefined;
    return html`
        <${TextField} label=${label} name=${name} value=${typed} list=${list} onValue=${text => apply(text, 350)}
            onKeyDown=${event => event.key === "Enter" && apply(event.target.value, 0)} ...${others} />
        ${list && html`<datalist id=${list}>${[...choices].sort().map(text => html`<option key=${text} value=${text}></option>`)}</datalist>`}`;
}
