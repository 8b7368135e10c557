import { Json } from "../../parts/json.js";
import { Button } from "../../parts/button.js";
import { TextField } from "../../parts/form.js";
import { html, useMemo, useState } from "../../view.js";
import { counted, plain } from "../../words.js";
import { pathsOf } from "./paths.js";

const SHOWN = 40;

/** A real ticket by the mapping in the editor, beside the default one. preview: {mapped, byDefault, issue} */
export function Preview({ preview, onAdd }) {
    const { mapped, byDefault, issue } = preview;
    const names = Object.keys(mapped).filter(name => name !== "customFields");
    const custom = Object.keys(mapped.customFields ?? {}).sort();
    return html`
        <div class="stack">
            <h3>Preview of ${mapped.jiraKey}</h3>
            <dl class="pairs">
                ${names.map(name => html`<${Value} key=${name} name=${name} now=${mapped[name]} before=${byDefault[name]} />`)}
                ${custom.map(name => html`
                    <${Value} key=${"custom " + name} name=${"customFields." + name} now=${mapped.customFields[name]}
                        before=${byDefault.customFields?.[name]} />`)}
            </dl>
            <${Paths} issue=${issue} onAdd=${onAdd} />
            <details><summary>Raw issue</summary><${Json} value=${issue} label="Raw issue" /></details>
        </div>`;
}

function Value({ name, now, before }) {
    const changed = plain(now) !== plain(before);
    return html`
        <dt class="mono">${name}</dt>
        <dd>${changed
            ? html`<span class="changed-value" dir="auto">${plain(now)}</span> <span class="quiet small">default: ${plain(before)}</span>`
            : html`<span dir="auto">${plain(now)}</span>`}</dd>`;
}

/** Finds a value in the issue, and the expression that gives it. */
function Paths({ issue, onAdd }) {
    const paths = useMemo(() => pathsOf(issue), [issue]);
    const [words, setWords] = useState("");
    const wanted = words.trim().toLowerCase();
    const found = wanted ? paths.filter(({ path, value }) => (path + " " + value).toLowerCase().includes(wanted)) : [];
    return html`
        <div class="stack tight">
            <${TextField} label="Find a value in the issue" type="search" value=${words} onValue=${setWords}
                hint="Part of a field name or value, such as customfield or a person’s name." />
            ${wanted && html`<p class="quiet small" role="status">${counted(found.length, "match", "matches")}${found.length > SHOWN && `, the first ${SHOWN} shown`}</p>`}
            <ul class="stack tight">
                ${found.slice(0, SHOWN).map(({ path, value }) => html`
                    <li class="row apart line" key=${path}>
                        <span class="wrap-anywhere"><code>${path}</code> <span class="quiet" dir="auto">${value}</span></span>
                        ${onAdd && html`<${Button} kind="tiny" onClick=${() => onAdd(path)} aria-label=${`Add row for ${path}`}>Add row<//>`}
                    </li>`)}
            </ul>
        </div>`;
}
