import { html } from "../view.js";
import { Button } from "./button.js";
import { say } from "./messages.js";

/** Copies a text. name: what it is, for people */
export function CopyButton({ text, name, kind = "tiny" }) {
    async function copy() {
        try {
            await navigator.clipboard.writeText(text);
            say(name + " copied.");
        } catch {
            say("The browser does not allow copying. Select the text and copy it.", { tone: "warn" });
        }
    }
    return html`<${Button} kind=${kind} onClick=${copy} aria-label=${"Copy: " + name}>Copy<//>`;
}

/** A text that is meant to be copied. */
export const CopyLine = ({ text, name }) => html`
    <div class="copy-line">
        <code>${text}</code>
        <${CopyButton} text=${text} name=${name} />
    </div>`;
