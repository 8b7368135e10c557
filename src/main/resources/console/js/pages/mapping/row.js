import { Button } from "../../parts/button.js";
import { AreaField, TextField } from "../../parts/form.js";
import { html } from "../../view.js";

/** One target and its expression. row: {id, target, expression}; error: what is wrong with it. */
export const MappingRow = ({ row, error, disabled, onChange, onRemove }) => html`
    <li class="mapping-row" data-target=${row.target}>
        <${TextField} label="Target" class="code" list="mapping-targets" spellcheck=${false} disabled=${disabled}
            placeholder="customFields.team" value=${row.target} error=${error?.onTarget && error.message}
            onValue=${target => onChange({ target })} />
        <div class="stack tight expression">
            <${AreaField} label="Expression (jq)" class="code" rows=${Math.min(8, row.expression.split("\n").length)} spellcheck=${false}
                disabled=${disabled} placeholder=".fields.customfield_10001.value" maxlength="4000" value=${row.expression}
                error=${error && !error.onTarget && error.message} onValue=${expression => onChange({ expression })} />
            ${error?.place && html`<${Pointer} text=${row.expression} ...${error.place} />`}
        </div>
        ${!disabled && html`
            <${Button} kind="tiny remove" onClick=${onRemove} aria-label=${`Remove row for ${row.target || "an empty target"}`}>Remove<//>`}
    </li>`;

/** The line with the place that is wrong. */
function Pointer({ text, line, column }) {
    const shown = text.split("\n")[line - 1] ?? "";
    const at = Math.min(Math.max(0, column - 1), shown.length);
    return html`<code class="pointer" aria-hidden="true">${shown.slice(0, at)}<mark>${shown.slice(at, at + 1) || "␣"}</mark>${shown.slice(at + 1)}</code>`;
}
