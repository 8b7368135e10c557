import { useData } from "../../data.js";
import { ExactMoment } from "../../parts/moment.js";
import { Loaded } from "../../parts/notice.js";
import { Panel } from "../../parts/panel.js";
import { Pairs } from "../../parts/pairs.js";
import { here, refine } from "../../route.js";
import { html } from "../../view.js";
import { count, syncType } from "../../words.js";
import { SyncProgress } from "./progress.js";
import { Streams } from "./streams.js";

/** One sync with all that is known of it. fresh: the same, told live. */
export function SyncPanel({ projectId, id, fresh, of }) {
    const log = useData(`/api/projects/${projectId}/${of.path}-logs/${id}`);
    return html`
        <${Panel} label=${"Sync " + id} title=${"Sync " + id} opener=${"sync-" + id} onClose=${() => refine({ sync: null })}>
            <${Loaded} from=${log}>${loaded => html`<${Details} projectId=${projectId} of=${of} sync=${fresh?.id === loaded.id ? fresh : loaded} />`}<//>
        <//>`;
}

const Details = ({ projectId, sync, of }) => html`
    <${SyncProgress} projectId=${projectId} sync=${sync} of=${of} />
    <section>
        <${Pairs} of=${[
            ["Type", syncType(sync.syncType)],
            ["Started", html`<${ExactMoment} at=${sync.startedAt} />`],
            ["Ended", sync.completedAt && html`<${ExactMoment} at=${sync.completedAt} />`],
            ["Pages", count(sync.pages)],
            ["Tickets in Jira", sync.jiraCount !== undefined && count(sync.jiraCount)],
            ["Tickets stored", sync.localCount !== undefined && count(sync.localCount)],
            ["Resumed from", sync.resumedFrom && html`<a href=${here({ sync: sync.resumedFrom })}>sync ${sync.resumedFrom}</a>`],
            ["JQL", sync.jql && html`<code>${sync.jql}</code>`],
        ]} />
    </section>
    ${sync.streams?.length > 0 && html`<section><h3>Streams</h3><${Streams} of=${sync.streams} short /></section>`}`;
