import { useData } from "../../data.js";
import { StateBadge } from "../../parts/badge.js";
import { Moment } from "../../parts/moment.js";
import { Loaded, Notice } from "../../parts/notice.js";
import { Facts } from "../../parts/pairs.js";
import { age, duration } from "../../time.js";
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
            ${one.error && html`<${Notice} tone=${one.status === "DOWN" ? "bad" : "warn"} title="Problem:">${one.error}<//>`}
            <${Facts} of=${[
                ["Latency", one.latencyMs !== undefined && one.latencyMs !== null && duration(one.latencyMs)],
                ["Uptime, 24 hours", one.uptimePercent !== undefined && one.uptimePercent !== null && `${one.uptimePercent} %`],
                ["Data age", one.dataAgeSeconds !== undefined && one.dataAgeSeconds !== null && age(one.dataAgeSeconds)],
                ["Circuit", one.circuit && html`<${StateBadge} state=${circuitState(one.circuit)} /><br /><span class="quiet small">${circuitMeaning(one.circuit)}</span>`],
                ["Rate limit", one.rateLimit ? html`<${RateLimit} of=${one.rateLimit} />` : html`<span class="quiet">not reported</span>`],
                ["Last probe", html`<${Moment} at=${one.lastTested} none="none yet" />`],
                ["Last success", html`<${Moment} at=${one.lastSuccess} none="never" />`],
            ]} />
            <${Loaded} from=${history} missing=${html`<p class="quiet small">No probes yet.</p>`}>
                ${loaded => loaded.length < 2
                    ? html`<p class="quiet small">Not enough probes for a chart of this period. Choose a shorter period.</p>`
                    : html`<${HealthCharts} history=${loaded} name=${name} />`}
            <//>
        </section>`;
}

function RateLimit({ of }) {
    const { limit, remaining, resetAt } = of;
    const known = limit > 0 && remaining !== null && remaining !== undefined;
    return html`
        <span class="meter-line">
            ${known && html`<meter min="0" max=${limit} low=${limit * 0.15} optimum=${limit} value=${remaining} aria-label="Remaining requests"></meter>`}
            <span class="number">${count(remaining)} of ${count(limit)} left</span>
            ${resetAt && html`<span class="quiet small">${Date.parse(resetAt) > Date.now() ? "resets" : "reset"} <${Moment} at=${resetAt} /></span>`}
        </span>`;
}
