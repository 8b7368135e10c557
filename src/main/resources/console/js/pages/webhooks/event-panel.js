import { download, post, remove } from "../../api.js";
import { useData } from "../../data.js";
import { useLive } from "../../live.js";
import { StateBadge } from "../../parts/badge.js";
import { Button, useAction } from "../../parts/button.js";
import { CopyLine } from "../../parts/copy-line.js";
import { Confirm } from "../../parts/dialog.js";
import { Json } from "../../parts/json.js";
import { say } from "../../parts/messages.js";
import { ExactMoment } from "../../parts/moment.js";
import { Empty, ErrorNotice, Loaded, Notice } from "../../parts/notice.js";
import { Pairs } from "../../parts/pairs.js";
import { Panel } from "../../parts/panel.js";
import { refine } from "../../route.js";
import { may } from "../../session.js";
import { html, useState } from "../../view.js";
import { entityName, eventState, integration } from "../../words.js";

/** How soon after a replay it is fetched again, in case no live update comes. */
const GLANCE = 2000;

export function EventPanel({ id, names, onChanged }) {
    const event = useData(`/api/webhooks/events/${id}`);
    const close = () => refine({ event: null });
    useLive(message => message.eventId === Number(id) && event.reload());

    return html`
        <${Panel} label=${"Event " + id} opener=${"event-" + id} title=${event.data?.eventType ?? "Event " + id} onClose=${close}
            above=${html`<span class="row"><span class="quiet">${integration(event.data?.integrationType) ?? ""} event ${id}</span>
                ${event.data && html`<${StateBadge} state=${eventState(event.data.status)} />`}</span>`}>
            <${Loaded} from=${event} missing=${html`<${Empty} title="Event not found">It was deleted, or its retention period is over.<//>`}>
                ${loaded => html`<${Details} event=${loaded} names=${names} close=${close}
                    changed=${() => { event.reload(); onChanged(); }} />`}
            <//>
        <//>`;
}

/** What is still on its way, or belongs to no project, is not. */
const replayable = ({ status, projectId }) => projectId && status !== "pending" && status !== "processing";

function Details({ event, names, changed, close }) {
    const [deleting, setDeleting] = useState(false);
    const path = `/api/webhooks/events/${event.id}`;
    const replay = useAction(async () => {
        await post(path + "/replay");
        say(`Event ${event.id} will be processed again.`);
        changed();
        setTimeout(changed, GLANCE);
    });
    const drop = useAction(async () => {
        await remove(path);
        say(`Event ${event.id} is deleted.`);
        close();
        changed();
    });
    const keep = useAction(() => download(path + "/raw", `${event.integrationType}-event-${event.id}.json`));

    return html`
        <${ErrorNotice} error=${replay.error ?? keep.error} />
        ${may("MANAGER") && html`
            <div class="row">
                ${replayable(event) && html`<${Button} kind="main" busy=${replay.busy} onClick=${() => replay.run()}>Replay<//>`}
                ${event.status === "dead" && html`<${Button} kind="danger" onClick=${() => setDeleting(true)}>Delete<//>`}
            </div>`}
        ${event.reason && html`<${Notice} title="Ignored:">${event.reason}<//>`}
        ${event.errorMessage && event.status !== "ignored" && html`
            <${Notice} tone=${event.status === "dead" ? "bad" : "warn"} title=${event.status === "dead" ? "Dead letter:" : "Last error:"}>${event.errorMessage}<//>`}
        <${Pairs} of=${[
            ["Project", event.projectId ? html`<a href=${`#/projects/${event.projectId}`}>${names(event.projectId)}</a>` : "none"],
            ["Action", event.action],
            ["Ticket", event.projectId && event.payload?.issue?.key && html`<a class="mono" href=${`#/projects/${event.projectId}/tickets?ticket=${encodeURIComponent(event.payload.issue.key)}`}>${event.payload.issue.key}</a>`],
            ["About", event.entity && html`<span class="mono">${entityName(event)}</span>`],
            ["Received", html`<${ExactMoment} at=${event.createdAt} />`],
            ["Processed", event.processedAt && html`<${ExactMoment} at=${event.processedAt} />`],
            ["Failed attempts", event.attempts],
            ["Next attempt", event.nextAttemptAt && html`<${ExactMoment} at=${event.nextAttemptAt} />`],
            ["Delivery ID", html`<span class="mono">${event.deliveryId}</span>`],
        ]} />
        ${event.traceId && html`
            <section><h3>Trace ID</h3>
                <p class="quiet small">The platform’s log lines about this event have this ID.</p>
                <${CopyLine} name="Trace ID" text=${event.traceId} />
            </section>`}
        <section>
            <div class="row apart">
                <h3>Payload</h3>
                <${Button} kind="tiny" busy=${keep.busy} onClick=${() => keep.run()}>Download<//>
            </div>
            <${Json} value=${event.payload ?? null} label="Payload of the event" />
        </section>
        ${deleting && html`
            <${Confirm} title="Delete this dead letter?" yes="Delete it" action=${drop} onYes=${() => drop.run()} onClose=${() => setDeleting(false)}>
                This deletes its payload. It cannot be replayed afterwards.<//>`}`;
}
