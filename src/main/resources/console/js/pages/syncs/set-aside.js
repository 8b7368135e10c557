import { post } from "../../api.js";
import { useList } from "../../data.js";
import { Button, useAction } from "../../parts/button.js";
import { Json } from "../../parts/json.js";
import { say } from "../../parts/messages.js";
import { Moment } from "../../parts/moment.js";
import { ErrorNotice } from "../../parts/notice.js";
import { Pager } from "../../parts/pager.js";
import { may } from "../../session.js";
import { html } from "../../view.js";

const SIZE = 20;

/** Tickets that could not be stored, each with the reason; nothing where there is none. */
export function SetAside({ projectId, watch }) {
    const list = useList(`/api/projects/${projectId}/jira-ticket-errors?limit=${SIZE}`, { watch });
    if (!list.data?.length) {
        return null;
    }
    return html`
        <section class="stack" aria-label="Set aside">
            <div><h2>Set aside</h2><p class="quiet">Tickets that could not be stored. The others went on without them.</p></div>
            ${list.data.map(one => html`<${OneSetAside} key=${one.id} projectId=${projectId} one=${one} reload=${list.reload} />`)}
            <${Pager} list=${list} size=${SIZE} one="ticket" />
        </section>`;
}

function OneSetAside({ projectId, one, reload }) {
    const retry = useAction(async () => {
        const { data } = await post(`/api/projects/${projectId}/jira-ticket-errors/${one.id}/retry`);
        say(data.resolved ? `${one.jiraKey ?? one.jiraId} is stored now.` : `It failed again: ${data.reason}`,
            { tone: data.resolved ? "good" : "warn" });
        reload();
    });
    return html`
        <div class="card">
            <header>
                <span class="row"><strong>${one.jiraKey ?? one.jiraId}</strong>
                    <span class="quiet small"><${Moment} at=${one.createdAt} />, tried ${one.attempts} times</span></span>
                ${may("MANAGER") && html`<${Button} kind="tiny" busy=${retry.busy} onClick=${() => retry.run()}>Try again<//>`}
            </header>
            <p class="wrap-anywhere">${one.reason}</p>
            <${ErrorNotice} error=${retry.error} />
            <details><summary>What Jira sent</summary><${Json} value=${one.payload} label="What Jira sent" /></details>
        </div>`;
}
