import { Notice } from "../../parts/notice.js";
import { html } from "../../view.js";

const DEPLOYMENTS = { cloud: "Cloud", datacenter: "Data Center" };

/** What a test of a connection found. */
export function TestResult({ result, name }) {
    if (!result.ok) {
        return html`<${Notice} tone="bad" title=${`${name} cannot be used so:`}>${result.error ?? "no reason was given."}<//>`;
    }
    const facts = [
        DEPLOYMENTS[result.deployment],
        result.serverVersion && "version " + result.serverVersion,
        result.account && "as " + result.account,
        result.latencyMs !== undefined && `answered in ${result.latencyMs} ms`,
    ].filter(Boolean);
    return html`<${Notice} tone="good" title="It works:">${facts.join(" · ")}<//>`;
}
