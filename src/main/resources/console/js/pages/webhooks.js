import { withQuery } from "../api.js";
import { useData, useList } from "../data.js";
import { useLive } from "../live.js";
import { StateBadge } from "../parts/badge.js";
import { Button } from "../parts/button.js";
import { SelectField, TextField } from "../parts/form.js";
import { Moment } from "../parts/moment.js";
import { Empty, Loaded } from "../parts/notice.js";
import { PageHead } from "../parts/page-head.js";
import { Pager } from "../parts/pager.js";
import { Table } from "../parts/table.js";
import { projectName, projects } from "../projects.js";
import { here, refine, useRoute } from "../route.js";
import { may } from "../session.js";
import { useSoon } from "../soon.js";
import { useStore } from "../store.js";
import { html, useState } from "../view.js";
import { entityName, eventState, eventStates, integration } from "../words.js";
import { EventPanel } from "./webhooks/event-panel.js";
import { ReplayDialog } from "./webhooks/replay-dialog.js";
import { WebhookTiles } from "./webhooks/tiles.js";

const SIZE = 50;
const EVERY = 15_000;
const STATUS = [["", "Any status"], ...eventStates.map(name => [name, eventState(name).text])];
const KINDS = [["", "Any source"], ["jira", "Jira"], ["github", "GitHub"]];

export function Webhooks() {
    const { query } = useRoute();
    const { list: known } = useStore(projects);
    const names = id => projectName(known, id);
    const status = useData("/api/webhooks/status", { every: EVERY });
    const filter = Object.fromEntries(["status", "integrationType", "eventType", "projectId"].map(name => [name, query.get(name)]));
    const list = useList(withQuery("/api/webhooks/events", { limit: SIZE, ...filter }), { every: EVERY });
    const [replaying, setReplaying] = useState(false);
    const open = query.get("event");

    function reload() {
        status.reload();
        list.reload();
    }
    useTold(reload);

    return html`
        <${PageHead} title="Webhooks" actions=${may("MANAGER") && html`<${Button} onClick=${() => setReplaying(true)}>Replay events<//>`}>
            Deliveries from Jira and GitHub, and how each was processed.
        <//>
        <div class="above">
            <${Loaded} from=${status}>${loaded => html`<${WebhookTiles} status=${loaded} />`}<//>
        </div>
        <div class=${"split" + (open ? " open" : "")}>
            <div class="stack">
                <${Filters} query=${query} known=${known ?? []} />
                <${Loaded} from=${list}>${events => events.length === 0
                    ? html`<${Nothing} filtered=${Object.values(filter).some(Boolean)} dead=${filter.status === "dead"} />`
                    : html`<div>
                        <${Table} caption="Webhook events, newest first" columns=${columns(names, open)} rows=${events} busy=${list.loading}
                            identify=${event => event.id} state=${event => ({ current: String(event.id) === open })}
                            onOpen=${event => refine({ event: event.id }, { step: true })} />
                        <${Pager} list=${list} size=${SIZE} one="event" />
                    </div>`}<//>
            </div>
            ${open && html`<${EventPanel} key=${open} id=${open} names=${names} onChanged=${reload} />`}
        </div>
        ${replaying && html`<${ReplayDialog} query=${query} onClose=${() => setReplaying(false)}
            onDone=${() => { setReplaying(false); reload(); }} />`}`;
}

function Filters({ query, known }) {
    const set = name => value => refine({ [name]: value });
    const projectsOffered = [["", "Any project"], ...known.map(project => [String(project.id), project.name])];
    return html`
        <form class="filters" role="search" aria-label="Events" onSubmit=${event => event.preventDefault()}>
            <${SelectField} label="Status" options=${STATUS} value=${query.get("status") ?? ""} onValue=${set("status")} />
            <${SelectField} label="Source" options=${KINDS} value=${query.get("integrationType") ?? ""} onValue=${set("integrationType")} />
            <${SelectField} label="Project" options=${projectsOffered} value=${query.get("projectId") ?? ""} onValue=${set("projectId")} />
            <${TextField} label="Event type" spellcheck=${false} placeholder="push" value=${query.get("eventType") ?? ""} onValue=${set("eventType")} />
        </form>`;
}

const Nothing = ({ filtered, dead }) => dead
    ? html`<${Empty} title="No dead letters">Every event was processed or will be retried.<//>`
    : filtered
        ? html`<${Empty} title="No event matches">Change or clear the filters.<//>`
        : html`<${Empty} title="No webhook yet">Each project’s Connections page shows the URL to enter in Jira or GitHub.<//>`;

function columns(names, narrow) {
    const all = [
        { name: "Event", kind: "once", cell: event => html`<a data-opener=${"event-" + event.id} href=${here({ event: event.id })}>${event.eventType}</a>
            ${event.action && html` <span class="quiet">${event.action}</span>`}` },
        { name: "Received", kind: "once", cell: event => html`<${Moment} at=${event.createdAt} />` },
        { name: "Source", cell: event => integration(event.integrationType) },
        { name: "Status", kind: "once", cell: event => html`<${StateBadge} state=${eventState(event.status)} />` },
        { name: "Project", wide: true, cell: event => (event.projectId ? names(event.projectId) : html`<span class="quiet">none</span>`) },
        { name: "About", kind: "grow", wide: true, cell: event => event.entity && html`<span class="mono wrap-anywhere">${entityName(event)}</span>` },
        { name: "Failed attempts", end: true, wide: true, cell: event => event.attempts },
        { name: "Reason", kind: "grow", wide: true, cell: event => (event.reason ?? event.errorMessage) && html`<span class="clip">${event.reason ?? event.errorMessage}</span>` },
    ];
    return narrow ? all.filter(column => !column.wide) : all;
}

/** Asks again soon after something of a webhook was told. */
function useTold(reload) {
    const soon = useSoon(reload);
    useLive(message => {
        if (message.type === "github_update" || message.source === "webhook" || ["alert", "resync"].includes(message.type)) {
            soon();
        }
    });
}
