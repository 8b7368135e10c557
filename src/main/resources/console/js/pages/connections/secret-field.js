import { Button } from "../../parts/button.js";
import { TextField } from "../../parts/form.js";
import { html, useState } from "../../view.js";
import { newSecret } from "./webhook-address.js";

/** A secret that is sent and never comes back: an empty field keeps the stored one. */
export function SecretField({ stored, hint, makes, onValue, ...field }) {
    const [seen, setSeen] = useState(false);
    function make() {
        onValue(newSecret());
        setSeen(true);
    }
    return html`
        <div class="stack tight">
            <${TextField} type=${seen ? "text" : "password"} autocomplete="off" spellcheck=${false} class=${seen ? "code" : ""}
                placeholder=${stored ? "Stored. Leave empty to keep it." : ""} hint=${hint} onValue=${onValue} ...${field} />
            ${makes && html`<div><${Button} kind="tiny" onClick=${make}>Generate<//></div>`}
        </div>`;
}
