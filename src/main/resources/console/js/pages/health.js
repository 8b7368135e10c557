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
import { count, healthState } from "../words.js";
import { ConnectionHealth } from "./health/connection.js";

const EVERY = 15_000;
const SPANS = [["1", "1 hour"], ["6", "6 hours"], ["24", "24 hours"], ["168", "7 days"]];
const QUEUE = {
    runningSyncs: "Syncs running",
    waitingSyncs: "Syncs waiting for a rate limit",
    unindexedTickets: "Tickets on their way into the search",
    pendingEvents: "Webhook events pending",
    deadEvents: "Webhook events given up",
};

export function Health() {
    const { query } = useRoute();
    const { list: known } = useStore(projects);
    const health = useData("/api/integrations/health", { every: EVERY });
    const hours = SPANS.some(([span]) => span === query.get("hours")) ? query.get("hours") : "24";
    useLive(message => ["health_changed", "resync"].includes(message.type) && health.reload());

    const span = html`<${SelectField} label="Charts over" options=${SPANS} value=${hours} onValue=${value => refine({ hours: value })} />`;
    return html`
        <${PageHead} title="Health" actions=${span}>How the connections are, now and over time.<//>
        <${Loaded} from=${health}>${loaded => html`
            <div class="stack">
                <${Overall} health=${loaded} />
                ${loaded.integrations.length === 0 && html`
                    <${Empty} title="Nothing is connected">A project’s connections show here as soon as there is one.<//>`}
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
