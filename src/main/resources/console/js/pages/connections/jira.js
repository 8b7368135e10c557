import { Button } from "../../parts/button.js";
import { AreaField, CheckField, SelectField, TextField, useBlame, useForm } from "../../parts/form.js";
import { ErrorNotice } from "../../parts/notice.js";
import { html, useState } from "../../view.js";
import { ConnectionCard } from "./connection-card.js";
import { SecretField } from "./secret-field.js";
import { WebhookAddress } from "./webhook-address.js";

const DEPLOYMENTS = [["auto", "Detect automatically"], ["cloud", "Jira Cloud"], ["datacenter", "Jira Data Center"]];
const REMOTE_LINKS = [["read", "Read"], ["write", "Read, and add links to pull requests and issues"], ["off", "Off"]];

export const JiraConnection = ({ projectId }) => html`
    <${ConnectionCard} projectId=${projectId} kind="jira" name="Jira" Form=${JiraForm}
        emptied=${() => ({ email: null, jql: null, syncIntervalMinutes: null })}
        removal="This project no longer syncs with Jira. Tickets that are already here stay."
        summary=${config => [
            ["Jira URL", config.jiraUrl],
            ["Jira project", config.projectKey],
            ["Email", config.email ?? "none: personal access token"],
            ["JQL", config.jql],
            ["Remote links", REMOTE_LINKS.find(([value]) => value === config.remoteLinks)?.[1]],
            ["Sync", config.autoSync ? `every ${config.syncIntervalMinutes} min` : "manual only"],
        ]}>
        ${config => html`<${WebhookAddress} projectId=${projectId} kind="jira" name="Jira" secretSet=${config.webhookSecretSet} />`}
    <//>`;

const start = config => ({
    jiraUrl: config?.jiraUrl ?? "",
    deployment: config?.deployment ?? "auto",
    email: config?.email ?? "",
    apiKey: "",
    projectKey: config?.projectKey ?? "",
    jql: config?.jql ?? "",
    webhookSecret: "",
    syncIntervalMinutes: config?.syncIntervalMinutes ?? "",
    autoSync: config?.autoSync ?? true,
    remoteLinks: config?.remoteLinks ?? "read",
});

/** What is sent: fields left empty stay out. */
function body(values) {
    const sent = Object.fromEntries(
        Object.entries(values).map(([name, value]) => [name, typeof value === "string" ? value.trim() : value])
            .filter(([, value]) => value !== ""));
    if (sent.syncIntervalMinutes !== undefined) {
        sent.syncIntervalMinutes = Number(sent.syncIntervalMinutes);
    }
    return sent;
}

function wrong({ jiraUrl, projectKey, apiKey }, config) {
    return {
        ...(!/^https?:\/\/\S+$/.test(jiraUrl.trim()) && { jiraUrl: "Enter a full URL, such as https://your-site.atlassian.net" }),
        ...(!/^[A-Za-z][A-Za-z0-9_]*$/.test(projectKey.trim()) && { projectKey: "Use letters, digits and _, starting with a letter, such as SHOP." }),
        ...(!config?.apiKeySet && !apiKey.trim() && { apiKey: "Enter an API token." }),
    };
}

function JiraForm({ config, save, test }) {
    const form = useForm(start(config));
    const [problem, setProblem] = useState(null);

    async function send(action) {
        setProblem(null);
        save.clear();
        test.clear();
        if (!form.reject(wrong(form.values, config))) {
            await action.run(body(form.values));
        }
    }
    useBlame(form, save.error ?? test.error, setProblem);

    function submit(event) {
        event.preventDefault();
        send(save);
    }

    return html`
        <form class="form" ref=${form.form} onSubmit=${submit} novalidate>
            <${ErrorNotice} error=${problem} />
            <div class="form-row">
                <${TextField} label="Jira URL" type="url" inputmode="url" spellcheck=${false} placeholder="https://your-site.atlassian.net" ...${form.field("jiraUrl")} />
                <${SelectField} label="Deployment" options=${DEPLOYMENTS} ...${form.field("deployment")} />
            </div>
            <div class="form-row">
                <${TextField} label="Email" optional type="email" autocomplete="off" spellcheck=${false}
                    hint="Cloud: the email of the token’s owner. Data Center with a personal access token: leave empty." ...${form.field("email")} />
                <${SecretField} label="API token" stored=${config?.apiKeySet}
                    hint="Cloud: an API token. Data Center: a personal access token." ...${form.field("apiKey")} />
            </div>
            <div class="form-row">
                <${TextField} label="Jira project key" spellcheck=${false} placeholder="SHOP" ...${form.field("projectKey")} />
                <${TextField} label="Sync interval (minutes)" optional inputmode="numeric" ...${form.field("syncIntervalMinutes")} />
            </div>
            <${CheckField} label="Sync on a schedule" hint="If off, syncs run only when somebody starts one." ...${form.field("autoSync")} />
            <${SelectField} label="Remote links in Jira" options=${REMOTE_LINKS} ...${form.field("remoteLinks")} />
            <${AreaField} label="JQL" optional class="code" rows="2" spellcheck=${false}
                hint="Replaces “project = KEY” as the query for this project’s tickets." ...${form.field("jql")} />
            <${SecretField} label="Webhook secret" optional makes stored=${config?.webhookSecretSet}
                hint="Jira signs its webhooks with it. The previous secret stays valid for a day." ...${form.field("webhookSecret")} />
            <div class="row">
                <${Button} kind="main" type="submit" busy=${save.busy}>Save<//>
                <${Button} busy=${test.busy} onClick=${() => send(test)}>${test.busy ? "Testing …" : "Test connection"}<//>
            </div>
        </form>`;
}
