// Short messages in the corner, and words for screen readers.

import { store, useStore } from "../store.js";
import { html } from "../view.js";

const shown = store([]);
const spoken = store("");
let last = 0;

/** Shows a message for a while; an alarming one until it is closed. */
export function say(text, { tone = "good", href, lasting = tone === "bad" } = {}) {
    const id = ++last;
    shown.set([...shown.get().slice(-3), { id, text, tone, href }]);
    if (!lasting) {
        setTimeout(() => close(id), 6000);
    }
}

const close = id => shown.set(shown.get().filter(message => message.id !== id));

/** Says something to screen readers only; what is said within a second of something else replaces it. */
let waiting = null;
export function announce(text) {
    clearTimeout(waiting);
    waiting = setTimeout(() => spoken.set(text), 1000);
}

export function Messages() {
    const messages = useStore(shown);
    const text = useStore(spoken);
    return html`
        <div class="unseen" aria-live="polite">${text}</div>
        <div class="toasts" role="status" aria-live="polite">
            ${messages.map(message => html`
                <div class=${"toast " + message.tone} key=${message.id}>
                    <span>${message.text} ${message.href && html`<a href=${message.href}>Show</a>`}</span>
                    <button type="button" class="button plain tiny" aria-label="Dismiss" onClick=${() => close(message.id)}>✕</button>
                </div>`)}
        </div>`;
}
