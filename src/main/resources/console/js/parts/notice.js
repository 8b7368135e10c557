import { html } from "../view.js";
import { Button } from "./button.js";

export const Notice = ({ tone = "busy", title, children, action }) => html`
    <div class=${"notice " + tone}>
        <div>${title && html`<strong>${title}</strong> `}${children}</div>
        ${action}
    </div>`;

/** What went wrong, and a way to try again. */
export function ErrorNotice({ error, retry, title = "Request failed:" }) {
    if (!error) {
        return null;
    }
    const again = retry && html`<${Button} kind="tiny" onClick=${retry}>Try again<//>`;
    return html`<div role="alert"><${Notice} tone="bad" title=${title} action=${again}>${error.message}<//></div>`;
}

export const Empty = ({ title, children, action }) => html`
    <div class="empty">
        <div><strong>${title}</strong>${children}</div>
        ${action}
    </div>`;

/** One of: on its way, failed, not there (404), or the children, as a function of the data. */
export function Loaded({ from, missing, children }) {
    if (from.error && (from.data === null || from.error.status === 404)) {
        return from.error.status === 404 && missing ? missing : html`<${ErrorNotice} error=${from.error} retry=${from.reload} />`;
    }
    if (from.data === null) {
        return html`<p class="loading" role="status">Loading …</p>`;
    }
    return html`
        ${from.error && html`<${ErrorNotice} error=${from.error} retry=${from.reload} title="Refresh failed:" />`}
        ${children(from.data)}`;
}
