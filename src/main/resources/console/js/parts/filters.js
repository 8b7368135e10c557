// What a list is narrowed by; it stands in the address.

import { refine } from "../route.js";
import { html, useEffect, useMemo, useRef, useState } from "../view.js";
import { Button } from "./button.js";
import { SelectField, TextField } from "./form.js";

const DAY = 86400e3;
const LENGTHS = { "1h": 3600e3, "1d": DAY, "7d": 7 * DAY, "30d": 30 * DAY, "90d": 90 * DAY };
const SINCE = [["", "Any time"], ["1h", "Last hour"], ["1d", "Last day"], ["7d", "Last 7 days"], ["30d", "Last 30 days"]];
/** … and further back, for what is slower. */
export const LONG_SINCE = [...SINCE, ["90d", "Last 90 days"]];

/** The moment that a choice means; it stays while the choice does. */
export const useSince = choice =>
    useMemo(() => (LENGTHS[choice] ? new Date(Date.now() - LENGTHS[choice]).toISOString() : null), [choice]);

export const clearFilters = names => refine(Object.fromEntries(names.map(name => [name, null])));

/** The frame of filters; on a phone it opens on demand. names: the filters within */
export function FilterBox({ label, query, names, children }) {
    const set = names.filter(name => query.get(name));
    const wide = matchMedia("(width >= 36rem)").matches;
    return html`
        <details class="filter-box" open=${wide || undefined}>
            <summary>Filters${set.length > 0 && ` (${set.length} set)`}</summary>
            <form class="filters" role="search" aria-label=${label} onSubmit=${event => event.preventDefault()}>
                ${children}
                ${set.length > 0 && html`<${Button} onClick=${() => clearFilters(names)}>Clear filters<//>`}
            </form>
        </details>`;
}

export const ChosenFilter = ({ query, name, label, options }) => html`
    <${SelectField} label=${label} options=${options} value=${query.get(name) ?? ""} onValue=${value => refine({ [name]: value })} />`;

export const SinceFilter = ({ options = SINCE, ...others }) => html`<${ChosenFilter} name="since" options=${options} ...${others} />`;

/** Applied a moment after the last key, or at once with Enter. choices: values offered while one types */
export function TypedFilter({ query, name, label, choices, ...others }) {
    const value = query.get(name) ?? "";
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
