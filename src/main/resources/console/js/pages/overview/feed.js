import { useLine, useLive } from "../../live.js";
import { timeOfDay, exactly } from "../../time.js";
import { address } from "../../route.js";
import { html, useState } from "../../view.js";
import { healthState, integration, syncState } from "../../words.js";
import { changeWords } from "../tickets/live-rows.js";

const KEPT = 50;
const SHOWN = 12;
let last = 0;

/** What has happened since the page was opened, newest first. */
export function Feed({ projectId }) {
    const { state } = useLine();
    const [items, setItems] = useState([]);
    useLive(message => {
        const words = told(message, projectId);
        if (words) {
            setItems(before => [{ id: ++last, at: message.at, words }, ...before].slice(0, KEPT));
        }
    });
    return html`
        <section class="card" aria-label="Live">
            <header><h2>Live changes</h2></header>
            ${items.length === 0 && html`<p class="quiet">${state === "live"
                ? "No changes since you opened this page. Changes in the connected systems appear here as they happen."
                : "Live updates are not connected."}</p>`}
            <ol class="feed">
                ${items.slice(0, SHOWN).map(item => html`
                    <li key=${item.id} class="flash">
                        <time class="quiet small number" datetime=${item.at} title=${exactly(item.at)}>${timeOfDay(Date.parse(item.at))}</time>
                        <span class="wrap-anywhere">${item.words}</span>
                    </li>`)}
            </ol>
        </section>`;
}

function told(message, projectId) {
    switch (message.type) {
        case "jira_update":
            return html`<a class="mono" href=${address(`/projects/${projectId}/tickets`, { ticket: message.issueKey })}>${message.issueKey}</a>
                ${" "}${changeWords(message.changes) || "changed"}
                ${" "}<span class="quiet small">${message.source === "webhook" ? "webhook" : "sync"}</span>`;
        case "github_update":
            return html`GitHub: <a href=${address("/webhooks", { event: message.eventId })}>${message.event}</a> ${message.action ?? ""}`;
        case "sync_started":
        case "sync_completed":
        case "sync_failed":
            return html`${message.source === "jira" ? "" : integration(message.source) + ": "}
                <a href=${address(`/projects/${projectId}/syncs`, { source: message.source === "jira" ? null : message.source, sync: message.syncId })}>Sync ${message.syncId}</a>:
                ${" "}${message.type === "sync_started" ? "started" : syncState(message.sync ?? {}).text.toLowerCase()}`;
        case "health_changed":
            return html`${integration(message.integrationType)} is ${healthState(message.status).text.toLowerCase()}${message.error ? `: ${message.error}` : ""}`;
        case "alert":
            return message.message;
        default:
            return null;
    }
}
