import { withQuery } from "../api.js";
import { useData } from "../data.js";
import { useLive } from "../live.js";
import { SelectField } from "../parts/form.js";
import { Empty, Loaded, Notice } from "../parts/notice.js";
import { refine, useRoute } from "../route.js";
import { html, useEffect, useState } from "../view.js";
import { Activity, PullFigures, ReleaseFigures } from "./github/activity.js";
import { Branching } from "./github/branching.js";
import { Changes } from "./github/changes.js";
import { Architecture, Complexity, Ownership, TestEstimate, Weight } from "./github/code.js";
import { Languages } from "./github/languages.js";
import { GitHubPage, NotConnected, useConnection } from "./github/page.js";
import { Repository } from "./github/repository.js";
import { AnalysisTiles } from "./github/tiles.js";
import { useTold } from "./github/told.js";

/** How soon it is asked for again while it is being made. */
const AGAIN = 5000;

/** The repository at a glance: how it is kept up with, and what is to be said of it. */
export function GitHub({ projectId }) {
    const { query } = useRoute();
    const connection = useConnection(projectId);
    const health = useData("/api/integrations/health", { every: 30_000 });
    const [waits, setWaits] = useState(false);
    const analysis = useData(withQuery(`/api/projects/${projectId}/github-analysis`, { repository: query.get("repository") }),
        { every: waits ? AGAIN : 0 });
    const busy = analysis.error?.status === 503;
    useEffect(() => setWaits(busy), [busy]);
    useTold(analysis.reload);
    useLive(message => message.type === "health_changed" && health.reload());
    const state = health.data?.integrations.find(one => one.projectId === projectId && one.type === "github");

    return html`
        <${GitHubPage} projectId=${projectId} page="" actions=${html`<${Choice} config=${connection.data} chosen=${query.get("repository")} />`} lead="The project’s repository: connection, latest sync and analysis.">
            <${Loaded} from=${connection} missing=${html`<${NotConnected} projectId=${projectId} />`}>
                ${config => html`
                    <div class="stack">
                        <${Repository} projectId=${projectId} config=${config} health=${state} analysis=${analysis.data} />
                        ${busy && !analysis.data
                            ? html`<${Empty} title="The analysis is not ready">${analysis.error.message} This page checks again every few seconds.<//>`
                            : html`<${Loaded} from=${analysis} missing=${html`
                                <${Empty} title="No analysis yet">The first sync of the repository creates it. Later syncs update it.<//>`}>
                                ${found => html`<${Analysis} projectId=${projectId} of=${found} />`}
                            <//>`}
                    </div>`}
            <//>
        <//>`;
}

/** Of several repositories the one to look at; the connection names one first. */
const Choice = ({ config, chosen }) => config?.repositories?.length > 0 && html`
    <${SelectField} label="Repository" value=${chosen ?? ""} onValue=${name => refine({ repository: name })}
        options=${[["", config.repository], ...config.repositories.map(name => [name, name])]} />`;

/** What is not there yet is left out. */
function Analysis({ projectId, of }) {
    const { structure = {}, analysis = {} } = of;
    const { activity, branching, complexity, testCoverage, architecture } = analysis;
    return html`
        ${of.history?.complete === false && html`<${Notice} tone="warn" title="History incomplete:">${of.history.why}<//>`}
        <${AnalysisTiles} projectId=${projectId} structure=${structure} analysis=${analysis} />
        ${of.changes && html`<${Changes} of=${of.changes} />`}
        <${Languages} of=${of.languages} />
        <${Activity} of=${activity} />
        <div class="columns">
            <${PullFigures} projectId=${projectId} of=${activity?.pulls} />
            <${ReleaseFigures} projectId=${projectId} of=${activity?.releases} />
        </div>
        <${Branching} projectId=${projectId} of=${branching} />
        <${Complexity} of=${complexity} />
        <${TestEstimate} of=${testCoverage} />
        <${Weight} of=${structure} />
        <${Ownership} of=${structure.ownership} />
        <${Architecture} of=${architecture} />`;
}
