import { post, withQuery } from "../../api.js";
import { useList } from "../../data.js";
import { Button, useAction } from "../../parts/button.js";
import { Json } from "../../parts/json.js";
import { say } from "../../parts/messages.js";
import { Moment } from "../../parts/moment.js";
import { ErrorNotice } from "../../parts/notice.js";
import { Pager } from "../../parts/pager.js";
import { may } from "../../session.js";
import { html } from "../../view.js";
import { counted, streamName } from "../../words.js";

const SIZE = 20;

/** What of a source could not be stored, each with the reason; nothing while the list is empty. of: one of sources.js */
export function Quarantine({ projectId, of, watch }) {
    const path = `/api/projects/${projectId}/${of.errors}`;
    const list = useList(withQuery(path, { limit: SIZE }), { watch });
    if (!list.data?.length) {
        return null;
    }
    return html`
        <section class="stack" aria-label="Quarantined">
            <div><h2>Quarantined</h2>
                <p class="quiet">These ${of.things} could not be stored. The sync skipped them. They leave this list once they are stored.</p></div>
            ${list.data.map(one => html`<${Quarantined} key=${one.id} path=${path} one=${one} of=${of} reload=${list.reload} />`)}
            <${Pager} list=${list} size=${SIZE} one=${of.thing} />
        </section>`;
}

const nameOf = one => one.jiraKey ?? one.jiraId ?? `${streamName(one.stream)} · ${one.ref ?? one.itemId}`;

function Quarantined({ path, one, of, reload }) {
    const retry = useAction(async () => {
        const { data } = await post(`${path}/${one.id}/retry`);
        say(data.resolved ? `${nameOf(one)} is stored now.` : `It failed again: ${data.reason}`,
            { tone: data.resolved ? "good" : "warn" });
        reload();
    });
    return html`
        <div class="card">
            <header>
                <span class="row"><strong class="wrap-anywhere">${nameOf(one)}</strong>
                    ${one.repository && html`<span class="quiet small">${one.repository}</span>`}
                    <span class="quiet small"><${Moment} at=${one.createdAt} />, ${counted(one.attempts, "attempt")}</span></span>
                ${of.retry && may("MANAGER") && html`<${Button} kind="tiny" busy=${retry.busy} onClick=${() => retry.run()}>Retry<//>`}
            </header>
            <p class="wrap-anywhere">${one.reason}</p>
            <${ErrorNotice} error=${retry.error} />
            ${one.payload && html`<details><summary>Payload from ${of.name}</summary><${Json} value=${one.payload} label=${"Payload from " + of.name} /></details>`}
        </div>`;
}
