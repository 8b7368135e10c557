import { html } from "../view.js";
import { Button } from "./button.js";
import { say } from "./messages.js";

/** A text that is meant to be copied. */
export function CopyLine({ text, name }) {
    async function copy() {
        try {
            await navigator.clipboard.writeText(text);
            say(name + " copied.");
        } catch {
            say("The browser does not allow copying here; mark the text and copy it.", { tone: "warn" });
        }
    }
    return html`
        <div class="copy-line">
            <code>${text}</code>
            <${Button} kind="tiny" onClick=${copy} aria-label=${"Copy: " + name}>Copy<//>
        </div>`;
}
