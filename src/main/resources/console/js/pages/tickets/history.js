import { Button } from "../../parts/button.js";
import { Moment } from "../../parts/moment.js";
import { html, useState } from "../../view.js";
import { fieldName, plain } from "../../words.js";

const AT_FIRST = 10;

/** Who changed what, newest first. items: {at, author, field, from, to} */
export function History({ items, cut }) {
    const [all, setAll] = useState(false);
    const sorted = [...items].sort((one, other) => String(other.at).localeCompare(String(one.at)));
    const shown = all ? sorted : sorted.slice(0, AT_FIRST);
    return html`
        <section>
            <h3>History</h3>
            ${items.length === 0 && html`<p class="quiet">No changes.</p>`}
            <ol class="history">
                ${shown.map((item, place) => html`
                    <li key=${place}>
                        <span class="quiet small">${item.author ?? "Unknown user"}, <${Moment} at=${item.at} /></span>
                        <div class="wrap-anywhere">${fieldName(item.field)}: <del>${plain(item.from)}</del> → <ins>${plain(item.to)}</ins></div>
                    </li>`)}
            </ol>
            ${sorted.length > shown.length && html`<${Button} kind="tiny" onClick=${() => setAll(true)}>Show all ${sorted.length}<//>`}
            ${cut && html`<p class="quiet small">Only the latest changes are here.</p>`}
        </section>`;
}
