import { useData } from "../data.js";
import { useLive } from "../live.js";
import { SelectField } from "../parts/form.js";
import { Empty, Loaded } from "../parts/notice.js";
import { PageHead } from "../parts/page-head.js";
import { Tile } from "../parts/tiles.js";
import { projectName, projects } from "../projects.js";
import { refine, useRoute } from "../route.js";
import { useStore } from "../store.js";
import { html } from "../view.js";
import { connectionsSentence, count, healthState } from "../words.js";
import { ConnectionHealth } from "./health/connection.js";

const EVERY = 15_000;
const SPANS = [["1", "1 hour"], ["6", "6 hours"], ["24", "24 hours"], ["168", "7 days"]];
const QUEUE = {
    runningSyncs: "Syncs running",
    waitingSyncs: "Syncs waiting for rate limit",
    unindexedTickets: "Tickets not indexed yet",
    pendingEvents: "Webhook events pending",
    deadEvents: "Dead letters",
};

export function Health() {
    const { query } = useRoute();
    const { list: known } = useStore(projects);
    const health = useData("/api/integrations/health", { every: EVERY });
    const hours = SPANS.some(([span]) => span === query.get("hours")) ? query.get("hours") : "24";
    useLive(message => ["health_changed", "resync"].includes(message.type) && health.reload());

    const span = html`<${SelectField} label="Period" options=${SPANS} value=${hours} onValue=${value => refine({ hours: value })} />`;
    return html`
        <${PageHead} title="Health" actions=${span}>${health.data && connectionsSentence(health.data.integrations)}<//>
        <${Loaded} from=${health}>${loaded => html`
            <div class="stack">
                <${Overall} health=${loaded} />
                ${loaded.integrations.length === 0 && html`
                    <${Empty} title="No connections">Open a project and connect it to Jira or GitHub.<//>`}
                <div class="columns">
                    ${loaded.integrations.map(one => html`
                        <${ConnectionHealth} key=${one.projectId + one.type} one=${one} hours=${hours}
                            projectName=${projectName(known, one.projectId)} />`)}
                </div>
            </div>`}
        <//>`;
}

function Overall({ health }) {
    const state = healthState(health.status);
    const database = healthState(health.database?.status);
    return html`
        <div class="tiles" aria-live="polite">
            <${Tile} name="All connections" value=${state.text} tone=${state.tone} text />
            <${Tile} name="Database" value=${database.text} tone=${database.tone} text />
            ${Object.entries(health.queue ?? {}).filter(([, value]) => typeof value === "number").map(([name, value]) => html`
                <${Tile} key=${name} name=${QUEUE[name] ?? spaced(name)} value=${count(value)} />`)}
        </div>`;
}

/** "pendingEvents" → "Pending events", for figures that are newer than this page. */
const spaced = name => name.replace(/[A-Z]/g, letter => " " + letter.toLowerCase()).replace(/^./, letter => letter.toUpperCase());
