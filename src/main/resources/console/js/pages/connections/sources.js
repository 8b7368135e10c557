import { useData } from "../../data.js";
import { Moment } from "../../parts/moment.js";
import { Pairs } from "../../parts/pairs.js";
import { html } from "../../view.js";
import { count } from "../../words.js";

/** The sources that are files: how each is connected with the project. They are configured by the API. */
export function FileSources({ projectId }) {
    const sources = useData(`/api/projects/${projectId}/sources`);
    return (sources.data ?? []).filter(source => !source.builtIn).map(source => html`
        <section class="card" key=${source.name} aria-label=${source.title}>
            <header><h2>${source.title}</h2>
                ${source.configured && html`<span class="row"><a class="small" href=${`#/projects/${projectId}/sources/${source.name}`}>Items</a>
                    <a class="small" href=${`#/projects/${projectId}/syncs?source=${source.name}`}>Syncs</a></span>`}</header>
            ${source.configured
                ? html`<${Pairs} of=${[
                    ["Items", count(source.items)],
                    ["Latest successful sync", html`<${Moment} at=${source.lastSuccessAt} none="never" />`],
                    ["Next sync", html`<${Moment} at=${source.nextSyncAt} none="not scheduled" />`],
                ]} />`
                : html`<p class="quiet">Not connected. Connect it through the API: <code class="wrap-anywhere">POST /api/projects/${projectId}/sources/${source.name}/config</code>. <a href="/swagger-ui" target="_blank" rel="noopener">Open the API</a></p>`}
        </section>`);
}
