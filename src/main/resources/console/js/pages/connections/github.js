import { Button } from "../../parts/button.js";
import { AreaField, ChoiceField, SelectField, TextField, useBlame, useForm } from "../../parts/form.js";
import { ErrorNotice, Notice } from "../../parts/notice.js";
import { html, useState } from "../../view.js";
import { ConnectionCard } from "./connection-card.js";
import { SecretField } from "./secret-field.js";
import { WebhookAddress, webhookAddress } from "./webhook-address.js";

const DEPTHS = [["shallow", "Shallow: names, sizes, history"], ["deep", "Deep: file contents as well"]];
const WAYS = [
    ["token", "Token", "Belongs to a person or a bot."],
    ["app", "GitHub App", "Has its own permissions and rate limit."],
];
const OF_A_TOKEN = ["accessToken"];
const OF_AN_APP = ["appId", "installationId", "privateKey"];
const NOTHING = { repositories: null, appId: null, installationId: null, webhookUrl: null, commitAnalysisLimit: null };
const PUBLIC_API = "https://api.github.com";

export const GitHubConnection = ({ projectId }) => html`
    <${ConnectionCard} projectId=${projectId} kind="github" name="GitHub" Form=${GitHubForm}
        emptied=${({ appId }) => ({ ...NOTHING, ...(appId ? { accessToken: null } : { privateKey: null }) })}
        removal="This project no longer syncs with GitHub and rejects its webhooks. Data that is already here stays."
        summary=${config => [
            ["Repository", config.repository],
            ["Additional repositories", config.repositories?.join(", ")],
            ["API URL", config.apiUrl],
            ["GitHub App", config.appId],
            ["Analysis", config.analysisDepth],
        ]}>
        ${config => html`${(config.webhooks ?? [config.webhook]).map((hook, n) => html`<${HookState} key=${n} hook=${hook} />`)}<${WebhookAddress} projectId=${projectId} kind="github" name="GitHub" secretSet=${config.webhookSecretSet} />`}
    <//>`;

const HOOK_STATES = { pending: "is being created", registered: "is registered", removing: "is being removed" };

/** A webhook that the platform registers because the connection has a webhookUrl; with its repository if there are several. */
function HookState({ hook }) {
    if (!hook || hook.state === "none") {
        return null;
    }
    const of = hook.repository ? ` of ${hook.repository}` : "";
    return hook.state === "failed"
        ? html`<${Notice} tone="warn" title=${`The webhook${of} could not be created:`}>${hook.error}<//>`
        : html`<p class="quiet small">The webhook${of} at GitHub ${HOOK_STATES[hook.state]}${hook.lastDelivery
            ? `; its last delivery was answered with ${hook.lastDelivery.statusCode}` : ""}.</p>`;
}

const start = config => ({
    repository: config?.repository ?? "",
    repositories: (config?.repositories ?? []).join("\n"),
    way: config?.appId ? "app" : "token",
    accessToken: "",
    appId: config?.appId ?? "",
    installationId: config?.installationId ?? "",
    privateKey: "",
    webhookSecret: "",
    webhookUrl: config?.webhookUrl ?? "",
    apiUrl: config?.apiUrl ?? PUBLIC_API,
    analysisDepth: config?.analysisDepth ?? "shallow",
    commitAnalysisLimit: config?.commitAnalysisLimit ?? "",
});

const names = text => text.split(/[\s,]+/).filter(Boolean);

function body({ way, repositories, ...values }) {
    const others = way === "app" ? OF_A_TOKEN : OF_AN_APP;
    const sent = Object.fromEntries(Object.entries(values)
        .filter(([name]) => !others.includes(name))
        .map(([name, value]) => [name, String(value).trim()])
        .filter(([, value]) => value !== ""));
    for (const number of ["commitAnalysisLimit", "installationId"].filter(name => name in sent)) {
        sent[number] = Number(sent[number]);
    }
    return { ...sent, ...(names(repositories).length > 0 && { repositories: names(repositories) }) };
}

const NAME = /^[\w.-]+\/[\w.-]+$/;

function wrong({ way, repository, repositories, accessToken, appId, privateKey, apiUrl }, config) {
    return {
        ...(!NAME.test(repository.trim()) && { repository: "Enter owner/name, such as acme/shop." }),
        ...(!names(repositories).every(name => NAME.test(name)) && { repositories: "Enter one owner/name per line, such as acme/shop." }),
        ...(way === "token" && !config?.accessTokenSet && !accessToken.trim() && { accessToken: "Enter an access token." }),
        ...(way === "app" && !appId.trim() && { appId: "Enter the App ID or the client ID." }),
        ...(way === "app" && !config?.privateKeySet && !privateKey.trim() && { privateKey: "Enter the private key." }),
        ...(!/^https?:\/\/\S+$/.test(apiUrl.trim()) && { apiUrl: `Enter a full URL, such as ${PUBLIC_API}` }),
    };
}

function GitHubForm({ config, projectId, save, test }) {
    const placeholder = webhookAddress(projectId, "github");
    const form = useForm(start(config));
    const [problem, setProblem] = useState(null);
    useBlame(form, save.error ?? test.error, setProblem);

    async function send(action) {
        setProblem(null);
        save.clear();
        test.clear();
        if (!form.reject(wrong(form.values, config))) {
            await action.run(body(form.values));
        }
    }

    function submit(event) {
        event.preventDefault();
        send(save);
    }

    return html`
        <form class="form" ref=${form.form} onSubmit=${submit} novalidate>
            <${ErrorNotice} error=${problem} />
            <div class="form-row">
                <${TextField} label="Repository" spellcheck=${false} placeholder="owner/name" ...${form.field("repository")} />
                <${TextField} label="API URL" type="url" spellcheck=${false} hint="Change it for GitHub Enterprise Server." ...${form.field("apiUrl")} />
            </div>
            <${AreaField} label="Additional repositories" optional rows="2" spellcheck=${false}
                hint="One owner/name per line. Removing a line deletes what was collected from that repository." ...${form.field("repositories")} />
            <${ChoiceField} label="Authentication" options=${WAYS} ...${form.field("way")} />
            ${form.values.way === "token"
                ? html`<${SecretField} label="Access token" stored=${config?.accessTokenSet}
                    hint="Fine-grained, with read access to contents, pull requests, issues and actions." ...${form.field("accessToken")} />`
                : html`
                    <div class="form-row">
                        <${TextField} label="App ID" spellcheck=${false} hint="Or the client ID." ...${form.field("appId")} />
                        <${TextField} label="Installation ID" optional inputmode="numeric" hint="Detected if empty." ...${form.field("installationId")} />
                    </div>
                    <${AreaField} label="Private key" spellcheck=${false} autocomplete="off" class="code"
                        placeholder=${config?.privateKeySet ? "Stored. Leave empty to keep it." : "-----BEGIN RSA PRIVATE KEY-----"}
                        hint="The whole PEM file from GitHub." ...${form.field("privateKey")} />`}
            <div class="form-row">
                <${SelectField} label="Analysis" options=${DEPTHS} ...${form.field("analysisDepth")} />
                <${TextField} label="Commit analysis limit" optional inputmode="numeric" hint="Newest commits read with their files." ...${form.field("commitAnalysisLimit")} />
            </div>
            <${SecretField} label="Webhook secret" optional makes stored=${config?.webhookSecretSet}
                hint="GitHub signs its webhooks with it. The previous secret stays valid for a day." ...${form.field("webhookSecret")} />
            <${TextField} label="Webhook URL" optional type="url" spellcheck=${false} placeholder=${placeholder}
                hint="If set, the platform registers the webhook at GitHub and requests failed deliveries again." ...${form.field("webhookUrl")} />
            <div class="row">
                <${Button} kind="main" type="submit" busy=${save.busy}>Save<//>
                <${Button} busy=${test.busy} onClick=${() => send(test)}>${test.busy ? "Testing …" : "Test connection"}<//>
            </div>
        </form>`;
}
