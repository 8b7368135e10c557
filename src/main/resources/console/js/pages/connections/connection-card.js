import { patch, post, remove } from "../../api.js";
import { useData } from "../../data.js";
import { Button, useAction } from "../../parts/button.js";
import { Confirm } from "../../parts/dialog.js";
import { say } from "../../parts/messages.js";
import { Empty, ErrorNotice } from "../../parts/notice.js";
import { Pairs } from "../../parts/pairs.js";
import { may } from "../../session.js";
import { html, useState } from "../../view.js";
import { TestResult } from "./test-result.js";

/**
 * One connection of a project: the form of who may change it, what is stored for everybody else.
 *
 * @param kind     "jira" or "github", as in the API's paths
 * @param Form     {config, projectId, save, test}: the form, config null where nothing is stored
 * @param emptied  what was entered → {name: null} for each field that may be left empty
 * @param summary  config → [[name, value]]
 * @param children what stands below a stored configuration, as a function of it
 */
export function ConnectionCard({ projectId, kind, name, Form, emptied, summary, removal, children }) {
    const path = `/api/projects/${projectId}/${kind}-config`;
    const stored = useData(path);
    const absent = stored.error?.status === 404;
    const [result, setResult] = useState(null);
    const [removing, setRemoving] = useState(false);
    const config = absent ? null : stored.data;

    const save = useAction(async body => {
        // What the form does not show stays as it is.
        const { data } = await (config ? patch(path, { ...emptied(body), ...body }) : post(path, body));
        stored.change(() => data);
        await stored.reload();
        setResult(null);
        say(`${name} connection saved.`);
        return data;
    });
    const test = useAction(async body => {
        setResult(null);
        const { data } = await post(`/api/projects/${projectId}/${kind}-test-connection`, body);
        setResult(data);
    });
    const drop = useAction(async () => {
        await remove(path);
        setRemoving(false);
        setResult(null);
        await stored.reload();
        say(`${name} connection removed.`);
    });

    return html`
        <section class="card" aria-labelledby=${kind + "-heading"}>
            <header>
                <h2 id=${kind + "-heading"}>${name}</h2>
                ${config && may("MANAGER") && html`<${Button} kind="tiny danger" onClick=${() => setRemoving(true)}>Remove<//>`}
            </header>
            ${stored.error && !absent && html`<${ErrorNotice} error=${stored.error} retry=${stored.reload} />`}
            ${stored.loading && stored.data === null && !absent && html`<p class="loading" role="status">Loading …</p>`}
            ${(config || absent) && (may("MANAGER")
                ? html`<${Form} key=${config?.updatedAt ?? "new"} projectId=${projectId} config=${config} save=${save} test=${test} />`
                : config
                    ? html`<${Pairs} of=${summary(config)} />`
                    : html`<${Empty} title="Not connected">Ask a user with the role Manager to connect it.<//>`)}
            <div aria-live="polite">${result && html`<${TestResult} result=${result} name=${name} />`}</div>
            ${config && children?.(config)}
            ${removing && html`
                <${Confirm} title=${`Remove the ${name} connection?`} yes="Remove connection" action=${drop}
                    onYes=${() => drop.run()} onClose=${() => setRemoving(false)}>${removal}<//>`}
        </section>`;
}
