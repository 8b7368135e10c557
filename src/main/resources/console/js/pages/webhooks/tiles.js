import { Moment } from "../../parts/moment.js";
import { Tile } from "../../parts/tiles.js";
import { here } from "../../route.js";
import { duration } from "../../time.js";
import { html } from "../../view.js";
import { count } from "../../words.js";

/** The figures of GET /api/webhooks/status; each leads to the events that it counts. */
export function WebhookTiles({ status }) {
    const to = name => here({ status: name, event: null });
    const times = status.processingTimeMs ?? {};
    return html`
        <div class="tiles">
            <${Tile} name="Received" value=${count(status.received)} href=${to(null)}
                note=${status.lastReceivedAt ? html`last <${Moment} at=${status.lastReceivedAt} />` : "none yet"} />
            <${Tile} name="Processed" value=${count(status.processed)} href=${to("processed")}
                note=${times.p50 !== undefined && times.p50 !== null && `p50 ${duration(times.p50)}, p95 ${duration(times.p95)}`} />
            <${Tile} name="Pending" value=${count(status.pending)} href=${to("pending")} />
            <${Tile} name="Failed, will retry" value=${count(status.failed)} href=${to("failed")} tone=${status.failed > 0 ? "warn" : ""} />
            <${Tile} name="Dead letters" value=${count(status.deadLettered)} href=${to("dead")} tone=${status.deadLettered > 0 ? "bad" : ""} />
            <${Tile} name="Ignored" value=${count(status.ignored)} href=${to("ignored")} />
            <${Tile} name="Duplicates" value=${count(status.duplicates)} note="not stored again" />
        </div>`;
}
