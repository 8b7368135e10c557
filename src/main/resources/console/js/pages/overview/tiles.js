import { Moment } from "../../parts/moment.js";
import { Tile } from "../../parts/tiles.js";
import { duration } from "../../time.js";
import { html } from "../../view.js";
import { count, healthState, integration, syncState } from "../../words.js";

/** The project at a glance: all figures are its own. */
export function ProjectTiles({ path, projectId, health, events, dead, total, sync }) {
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
            ${events.data && html`
                <${Tile} name="Webhook events" value=${count(events.total)} href=${`#/webhooks?projectId=${projectId}`}
                    note=${events.data[0] ? html`of this project, last <${Moment} at=${events.data[0].createdAt} />` : "none of this project yet"} />`}
            ${dead.data && html`
                <${Tile} name="Dead letters" value=${count(dead.total)} href=${`#/webhooks?projectId=${projectId}&status=dead`}
                    tone=${dead.total > 0 ? "bad" : ""} note="of this project" />`}
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
