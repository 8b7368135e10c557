import { CopyLine } from "../../parts/copy-line.js";
import { Notice } from "../../parts/notice.js";
import { may } from "../../session.js";
import { html } from "../../view.js";

export const webhookAddress = (projectId, kind) => `${location.origin}/api/projects/${projectId}/${kind}-webhook`;

/** Where the other system is to send its webhooks. */
export const WebhookAddress = ({ projectId, kind, name, secretSet }) => html`
    <div class="stack tight">
        <h3>Webhook URL for ${name}</h3>
        <${CopyLine} name="Webhook URL" text=${webhookAddress(projectId, kind)} />
        ${secretSet
            ? html`<p class="quiet small">Enter this URL in ${name} with the webhook secret from above.</p>`
            : html`<${Notice} tone="warn">Webhooks are rejected until a webhook secret is set. ${may("MANAGER") ? "Set one above." : "A manager can set one."}<//>`}
    </div>`;

/** A secret that nobody can guess, to be used on both sides. */
export function newSecret() {
    const bytes = crypto.getRandomValues(new Uint8Array(24));
    return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_");
}
