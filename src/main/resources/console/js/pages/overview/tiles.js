import { Moment } from "../../parts/moment.js";
import { Tile } from "../../parts/tiles.js";
import { duration } from "../../time.js";
import { html } from "../../view.js";
import { count, healthState, integration, syncState } from "../../words.js";

/** The project at a glance. */
export function ProjectTiles({ path, projectId, health, webhooks, total, sync }) {
    const connections = health?.integrations.filter(one => one.projectId === projectId) ?? [];
    const jira = connections.find(one => one.type === "jira");
    const state = sync && syncState(sync);
    return html`
        <div class="tiles">
            <${Tile} name="Tickets" value=${count(total)} href=${path + "/tickets"} />
            ${connections.map(one => html`<${Connection} key=${one.type} one=${one} />`)}
            ${health && connections.length === 0 && html`<${Tile} name="Connections" value="None" note="Connect with Jira" href=${path + "/connections"} text />`}
            ${jira && html`<${Tile} name="Age of the data" value=${jira.dataAgeSeconds === undefined ? "–" : duration(jira.dataAgeSeconds * 1000)} href="#/health" text />`}
            ${state && html`<${Tile} name="Latest sync" value=${state.text} tone=${state.tone} href=${path + "/syncs"} text
                note=${html`<${Moment} at=${sync.completedAt ?? sync.startedAt} />`} />`}
            ${webhooks && html`
                <${Tile} name="Webhooks received" value=${count(webhooks.received)} href="#/webhooks"
                    note=${webhooks.lastReceivedAt ? html`last <${Moment} at=${webhooks.lastReceivedAt} />` : "none yet"} />
                <${Tile} name="Webhooks given up" value=${count(webhooks.deadLettered)} href="#/webhooks?status=dead"
                    tone=${webhooks.deadLettered > 0 ? "bad" : ""} note="of all projects" />`}
        </div>`;
}

function Connection({ one }) {
    const { text, tone } = healthState(one.status);
    const note = one.error ?? [
        one.latencyMs !== undefined && one.latencyMs !== null && duration(one.latencyMs),
        one.uptimePercent !== undefined && one.uptimePercent !== null && `${one.uptimePercent} % up`,
    ].filter(Boolean).join(" · ");
    return html`<${Tile} name=${integration(one.type)} value=${text} tone=${tone} note=${note} href="#/health" text />`;
}
