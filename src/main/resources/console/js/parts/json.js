import { html } from "../view.js";
import { Button } from "./button.js";
import { useState } from "../view.js";

/** Beyond this many characters colours cost more than they help, … */
const COLOURED = 60_000;
/** … and beyond this the whole is shown only on demand. */
const AT_ONCE = 200_000;

const PIECES = /("(?:\\.|[^"\\])*")(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/g;

/** A JSON value, laid out, as text. */
export function Json({ value, label }) {
    const [all, setAll] = useState(false);
    const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
    const cut = text.length > AT_ONCE && !all;
    return html`
        <pre class="json" tabindex="0" role="region" aria-label=${label}>${text.length > COLOURED ? (cut ? text.slice(0, AT_ONCE) : text) : coloured(text)}</pre>
        ${cut && html`<${Button} kind="tiny" onClick=${() => setAll(true)}>Show all ${text.length.toLocaleString()} characters<//>`}`;
}

function coloured(text) {
    const parts = [];
    let end = 0;
    for (const piece of text.matchAll(PIECES)) {
        const [whole, string, colon] = piece;
        parts.push(text.slice(end, piece.index));
        const kind = string === undefined ? "value" : colon === undefined ? "text" : "name";
        parts.push(html`<span class=${kind}>${string ?? whole}</span>${colon}`);
        end = piece.index + whole.length;
    }
    parts.push(text.slice(end));
    return parts;
}
