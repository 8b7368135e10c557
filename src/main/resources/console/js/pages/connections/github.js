import { Button } from "../../parts/button.js";
import { AreaField, ChoiceField, SelectField, TextField, useBlame, useForm } from "../../parts/form.js";
import { ErrorNotice, Notice } from "../../parts/notice.js";
import { html, useState } from "../../view.js";
import { ConnectionCard } from "./connection-card.js";
import { SecretField } from "./secret-field.js";
import { WebhookAddress, webhookAddress } from "./webhook-address.js";

const DEPTHS = [["shallow", "Shallow: by listing"], ["deep", "Deep: reads the code"]];
const WAYS = [
    ["token", "A token", "Of a person or a bot."],
    ["app", "A GitHub App", "Belongs to nobody, and has permissions and limits of its own."],
];
const OF_A_TOKEN = ["accessToken"];
const OF_AN_APP = ["appId", "installationId", "privateKey"];
const NOTHING = { repositories: null, appId: null, installationId: null, webhookUrl: null, commitAnalysisLimit: null };
const PUBLIC_API = "https://api.github.com";

export const GitHubConnection = ({ projectId }) => html`
    <${ConnectionCard} projectId=${projectId} kind="github" name="GitHub" Form=${GitHubForm}
        emptied=${({ appId }) => ({ ...NOTHING, ...(appId ? { accessToken: null } : { privateKey: null }) })}
        removal="Its webhooks are no longer taken in for this project. What is here stays."
        summary=${config => [
            ["Repository", config.repository],
            ["Further repositories", config.repositories?.join(", ")],
            ["API", config.apiUrl],
            ["GitHub App", config.appId],
            ["Analysis", config.analysisDepth],
        ]}>
        ${config => html`${(config.webhooks ?? [config.webhook]).map((hook, n) => html`<${HookState} key=${n} hook=${hook} />`)}<${WebhookAddress} projectId=${projectId} kind="github" name="GitHub" secretSet=${config.webhookSecretSet} />`}
    <//>`;

const HOOK_STATES = { pending: "is being made", registered: "is there", removing: "is being removed" };

/** A hook that the platform makes where it is told an address; of which repository, where there are several. */
function HookState({ hook }) {
    if (!hook || hook.state === "none") {
        return null;
    }
    const of = hook.repository ? ` of ${hook.repository}` : "";
    return hook.state === "failed"
        ? html`<${Notice} tone="warn" title=${`The hook${of} could not be made:`}>${hook.error}<//>`
        : html`<p class="quiet small">The hook${of} at GitHub ${HOOK_STATES[hook.state]}${hook.lastDelivery
            ? `; its last delivery was answered by ${hook.lastDelivery.statusCode}` : ""}.</p>`;
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
        ...(!NAME.test(repository.trim()) && { repository: "Owner and name, such as acme/shop." }),
        ...(!names(repositories).every(name => NAME.test(name)) && { repositories: "Owners and names, such as acme/shop, one a line." }),
        ...(way === "token" && !config?.accessTokenSet && !accessToken.trim() && { accessToken: "Enter a token." }),
        ...(way === "app" && !appId.trim() && { appId: "Enter the App's id, or its client id." }),
        ...(way === "app" && !config?.privateKeySet && !privateKey.trim() && { privateKey: "Enter the whole key." }),
        ...(!/^https?:\/\/\S+$/.test(apiUrl.trim()) && { apiUrl: `Enter the whole address, such as ${PUBLIC_API}` }),
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
                <${TextField} label="Address of the API" type="url" spellcheck=${false} hint="Another one for GitHub Enterprise Server." ...${form.field("apiUrl")} />
            </div>
            <${AreaField} label="Further repositories" optional rows="2" spellcheck=${false}
                hint="Owners and names, one a line. What is here of one that is taken away is removed." ...${form.field("repositories")} />
            <${ChoiceField} label="Signs in by" options=${WAYS} ...${form.field("way")} />
            ${form.values.way === "token"
                ? html`<${SecretField} label="Access token" stored=${config?.accessTokenSet}
                    hint="Fine-grained, with read access to contents, pull requests, issues and actions." ...${form.field("accessToken")} />`
                : html`
                    <div class="form-row">
                        <${TextField} label="App id" spellcheck=${false} hint="Or its client id." ...${form.field("appId")} />
                        <${TextField} label="Installation" optional inputmode="numeric" hint="Found by the repository." ...${form.field("installationId")} />
                    </div>
                    <${AreaField} label="Private key" spellcheck=${false} autocomplete="off" class="code"
                        placeholder=${config?.privateKeySet ? "Stored; leave empty to keep it" : "-----BEGIN RSA PRIVATE KEY-----"}
                        hint="The whole file that GitHub made, in PEM." ...${form.field("privateKey")} />`}
            <div class="form-row">
                <${SelectField} label="Analysis" options=${DEPTHS} ...${form.field("analysisDepth")} />
                <${TextField} label="Commits to analyse" optional inputmode="numeric" ...${form.field("commitAnalysisLimit")} />
            </div>
            <${SecretField} label="Webhook secret" optional makes stored=${config?.webhookSecretSet}
                hint="GitHub signs its webhooks with it. A former one stays valid for a while." ...${form.field("webhookSecret")} />
            <${TextField} label="Address that GitHub sends to" optional type="url" spellcheck=${false} placeholder=${placeholder}
                hint="With it the hook is made at GitHub, and deliveries that failed are asked for again." ...${form.field("webhookUrl")} />
            <div class="row">
                <${Button} kind="main" type="submit" busy=${save.busy}>Save<//>
                <${Button} busy=${test.busy} onClick=${() => send(test)}>${test.busy ? "Asking GitHub …" : "Test the connection"}<//>
            </div>
        </form>`;
}
