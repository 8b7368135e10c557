import { useData } from "../../data.js";
import { StateBadge } from "../../parts/badge.js";
import { Moment } from "../../parts/moment.js";
import { Loaded, Notice } from "../../parts/notice.js";
import { Facts } from "../../parts/pairs.js";
import { duration } from "../../time.js";
import { html } from "../../view.js";
import { circuitMeaning, circuitState, count, healthState, integration } from "../../words.js";
import { HealthCharts } from "./charts.js";

const EVERY = 60_000;

/** How one connection is, and how it was. */
export function ConnectionHealth({ one, projectName, hours }) {
    const name = `${projectName}, ${integration(one.type)}`;
    const history = useData(
        `/api/projects/${one.projectId}/connection-history?integrationType=${one.type}&hours=${hours}`, { every: EVERY, keep: true });
    return html`
        <section class="card" aria-label=${name}>
            <header>
                <h2><a href=${`#/projects/${one.projectId}`}>${projectName}</a> · ${integration(one.type)}</h2>
                <${StateBadge} state=${healthState(one.status)} />
            </header>
            ${one.error && html`<${Notice} tone=${one.status === "DOWN" ? "bad" : "warn"} title="What is wrong:">${one.error}<//>`}
            <${Facts} of=${[
                ["Latency", one.latencyMs !== undefined && one.latencyMs !== null && duration(one.latencyMs)],
                ["Uptime, 24 hours", one.uptimePercent !== undefined && one.uptimePercent !== null && `${one.uptimePercent} %`],
                ["Age of the data", one.dataAgeSeconds !== undefined && one.dataAgeSeconds !== null && duration(one.dataAgeSeconds * 1000)],
                ["Circuit", one.circuit && html`<${StateBadge} state=${circuitState(one.circuit)} /> <span class="quiet small">${circuitMeaning(one.circuit)}</span>`],
                ["Rate limit", one.rateLimit ? html`<${RateLimit} of=${one.rateLimit} />` : html`<span class="quiet">none was announced</span>`],
                ["Last probe", html`<${Moment} at=${one.lastTested} none="not yet" />`],
                ["Last success", html`<${Moment} at=${one.lastSuccess} none="never" />`],
            ]} />
            <${Loaded} from=${history} missing=${html`<p class="quiet small">No history yet.</p>`}>
                ${loaded => loaded.length < 2
                    ? html`<p class="quiet small">Too few probes for charts over this time; choose a shorter one or come back later.</p>`
                    : html`<${HealthCharts} history=${loaded} name=${name} />`}
            <//>
        </section>`;
}

function RateLimit({ of }) {
    const { limit, remaining, resetAt } = of;
    const known = limit > 0 && remaining !== null && remaining !== undefined;
    return html`
        <span class="meter-line">
            ${known && html`<meter min="0" max=${limit} low=${limit * 0.15} optimum=${limit} value=${remaining} aria-label="Requests that are left"></meter>`}
            <span class="number">${count(remaining)} of ${count(limit)} left</span>
            ${resetAt && html`<span class="quiet small">reset <${Moment} at=${resetAt} /></span>`}
        </span>`;
}
