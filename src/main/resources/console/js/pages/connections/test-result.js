import { Notice } from "../../parts/notice.js";
import { Pairs } from "../../parts/pairs.js";
import { html } from "../../view.js";

const DEPLOYMENTS = { cloud: "Cloud", datacenter: "Data Center" };

const FEATURES = {
    repository: "Repository", commits: "Commits", pulls: "Pull requests", issues: "Issues", releases: "Releases",
    "workflow-runs": "Workflow runs", "check-runs": "Check runs", deployments: "Deployments",
    "branch-protection": "Branch protection", webhooks: "Webhook",
};

/** What a test of a connection found. */
export function TestResult({ result, name }) {
    if (!result.ok) {
        return html`<${Notice} tone="bad" title=${`${name} connection failed:`}>${result.error ?? "No reason was given."}<//>`;
    }
    const facts = [
        DEPLOYMENTS[result.deployment],
        result.serverVersion && "version " + result.serverVersion,
        result.account && "as " + result.account,
        result.latencyMs !== undefined && `answered in ${result.latencyMs} ms`,
    ].filter(Boolean);
    const lacking = (result.features ?? []).filter(feature => !feature.ok);
    return html`
        <${Notice} tone="good" title="Connection works:">${facts.join(" · ")}<//>
        ${result.warnings?.map(warning => html`<${Notice} tone="warn" key=${warning}>${warning}<//>`)}
        ${result.features && html`
            <h3>Token permissions</h3>
            <${Pairs} of=${result.features.map(({ feature, ok, error }) => [FEATURES[feature] ?? feature, ok ? "Yes" : error])} />
            ${lacking.length > 0 && html`<p class="quiet small">Features that the token does not allow are skipped. The others work.</p>`}`}`;
}
