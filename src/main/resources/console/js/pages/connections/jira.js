import { Button } from "../../parts/button.js";
import { AreaField, CheckField, SelectField, TextField, useBlame, useForm } from "../../parts/form.js";
import { ErrorNotice } from "../../parts/notice.js";
import { html, useState } from "../../view.js";
import { ConnectionCard } from "./connection-card.js";
import { SecretField } from "./secret-field.js";
import { WebhookAddress } from "./webhook-address.js";

const DEPLOYMENTS = [["auto", "Find out"], ["cloud", "Jira Cloud"], ["datacenter", "Jira Data Center"]];
const REMOTE_LINKS = [["read", "Read those that people made"], ["write", "Read, and write those to pull requests and issues"], ["off", "Leave them alone"]];

export const JiraConnection = ({ projectId }) => html`
    <${ConnectionCard} projectId=${projectId} kind="jira" name="Jira" Form=${JiraForm}
        emptied=${() => ({ email: null, jql: null, syncIntervalMinutes: null })}
        removal="Nothing is fetched any more. The tickets that are here stay."
        summary=${config => [
            ["Address", config.jiraUrl],
            ["Jira project", config.projectKey],
            ["Account", config.email ?? "by personal access token"],
            ["JQL", config.jql],
            ["Links to GitHub", REMOTE_LINKS.find(([value]) => value === config.remoteLinks)?.[1]],
            ["Fetched", config.autoSync ? `every ${config.syncIntervalMinutes} min` : "only by hand"],
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
        ...(!/^https?:\/\/\S+$/.test(jiraUrl.trim()) && { jiraUrl: "Enter the whole address, such as https://your-site.atlassian.net" }),
        ...(!/^[A-Za-z][A-Za-z0-9_]*$/.test(projectKey.trim()) && { projectKey: "Letters, digits and _, a letter first, such as SHOP." }),
        ...(!config?.apiKeySet && !apiKey.trim() && { apiKey: "Enter a token." }),
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
                <${TextField} label="Address" type="url" inputmode="url" spellcheck=${false} placeholder="https://your-site.atlassian.net" ...${form.field("jiraUrl")} />
                <${SelectField} label="Kind of Jira" options=${DEPLOYMENTS} ...${form.field("deployment")} />
            </div>
            <div class="form-row">
                <${TextField} label="Account" optional type="email" autocomplete="off" spellcheck=${false}
                    hint="Cloud: the address of the token’s owner. Data Center with a personal access token: leave it empty." ...${form.field("email")} />
                <${SecretField} label="API token" stored=${config?.apiKeySet}
                    hint="Of Cloud, or a personal access token of Data Center." ...${form.field("apiKey")} />
            </div>
            <div class="form-row">
                <${TextField} label="Key of the Jira project" spellcheck=${false} placeholder="SHOP" ...${form.field("projectKey")} />
                <${TextField} label="Minutes between syncs" optional inputmode="numeric" ...${form.field("syncIntervalMinutes")} />
            </div>
            <${CheckField} label="Fetch by schedule" hint="Otherwise only when somebody starts a sync." ...${form.field("autoSync")} />
            <${SelectField} label="Links to GitHub in Jira’s tickets" options=${REMOTE_LINKS} ...${form.field("remoteLinks")} />
            <${AreaField} label="JQL" optional class="code" rows="2" spellcheck=${false}
                hint="In place of “project = KEY”: which tickets belong to this project." ...${form.field("jql")} />
            <${SecretField} label="Webhook secret" optional makes stored=${config?.webhookSecretSet}
                hint="Jira signs its webhooks with it. A former one stays valid for a while." ...${form.field("webhookSecret")} />
            <div class="row">
                <${Button} kind="main" type="submit" busy=${save.busy}>Save<//>
                <${Button} busy=${test.busy} onClick=${() => send(test)}>${test.busy ? "Asking Jira …" : "Test the connection"}<//>
            </div>
        </form>`;
}
