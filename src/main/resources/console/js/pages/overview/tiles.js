import { Moment } from "../../parts/moment.js";
import { Tile } from "../../parts/tiles.js";
import { age } from "../../time.js";
import { html } from "../../view.js";
import { healthState, integration, syncState, totalOf } from "../../words.js";

/** The project at a glance: all figures are its own. connections: as the health operation gives them */
export function ProjectTiles({ path, projectId, connections, events, dead, tickets, sync }) {
    const state = sync && syncState(sync);
    return html`
        <div class="tiles">
            <${Tile} name="Tickets" value=${totalOf(tickets)} note="in this project" href=${path + "/tickets"} />
            ${connections?.map(one => html`<${Connection} key=${one.type} one=${one} />`)}
            ${connections?.length === 0 && html`<${Tile} name="Connections" value="None" note="Connect to Jira" href=${path + "/connections"} text />`}
            ${state && html`<${Tile} name="Latest Jira sync" value=${state.text} tone=${state.tone} href=${path + "/syncs"} text
                note=${html`<${Moment} at=${sync.completedAt ?? sync.startedAt} />`} />`}
            ${events.data && html`
                <${Tile} name="Webhook events" value=${totalOf(events)} href=${`#/webhooks?projectId=${projectId}`}
                    note=${events.data[0] ? html`of this project, latest <${Moment} at=${events.data[0].createdAt} />` : "none for this project yet"} />`}
            ${dead.data && html`
                <${Tile} name="Dead letters" value=${totalOf(dead)} href=${`#/webhooks?projectId=${projectId}&status=dead`}
                    tone=${dead.total > 0 ? "bad" : ""} note="of this project" />`}
        </div>`;
}

function Connection({ one }) {
    const { text, tone } = healthState(one.status);
    const known = value => value !== undefined && value !== null;
    const note = one.error ?? [
        known(one.dataAgeSeconds) && `data ${age(one.dataAgeSeconds)} old`,
        known(one.uptimePercent) && `${one.uptimePercent} % uptime`,
    ].filter(Boolean).join(" · ");
    return html`<${Tile} name=${integration(one.type)} value=${text} tone=${tone} note=${note} href="#/health" text />`;
}
