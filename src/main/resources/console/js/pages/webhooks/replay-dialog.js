import { post } from "../../api.js";
import { Button, useAction } from "../../parts/button.js";
import { Dialog } from "../../parts/dialog.js";
import { SelectField, TextField, useBlame, useForm } from "../../parts/form.js";
import { say } from "../../parts/messages.js";
import { ErrorNotice, Notice } from "../../parts/notice.js";
import { html, useState } from "../../view.js";
import { counted, eventState } from "../../words.js";

const STATUS = ["dead", "failed", "processed", "ignored"].map(name => [name, eventState(name).text]);
const KINDS = [["", "Any source"], ["jira", "Jira"], ["github", "GitHub"]];

/** Replays by filter, in two steps: first how many it would be, then those. */
export function ReplayDialog({ query, onClose, onDone }) {
    const first = query.get("status");
    const form = useForm({
        status: STATUS.some(([name]) => name === first) ? first : "dead",
        integrationType: query.get("integrationType") ?? "",
        eventType: query.get("eventType") ?? "",
        from: "",
        to: "",
    });
    const [counting, setCounting] = useState(null);
    const [problem, setProblem] = useState(null);
    const filter = body(form.values);
    const key = JSON.stringify(filter);
    const known = counting?.key === key ? counting.count : null;

    const count = useAction(async () => {
        const { data } = await post("/api/webhooks/events/replay", { ...filter, dryRun: true });
        setCounting({ key, count: data.count });
    });
    const replay = useAction(async () => {
        const { data } = await post("/api/webhooks/events/replay", filter);
        say(`${counted(data.count, "event")} will be processed again.`);
        onDone();
    });
    useBlame(form, count.error ?? replay.error, setProblem);

    function submit(event) {
        event.preventDefault();
        (known === null ? count : replay).run();
    }

    return html`
        <${Dialog} title="Replay events" onClose=${onClose}>
            <form class="form" ref=${form.form} onSubmit=${submit} novalidate>
                <p class="quiet">Replay processes the events again, oldest first. It does not overwrite newer data.</p>
                <${ErrorNotice} error=${problem} />
                <div class="form-row">
                    <${SelectField} label="Status" options=${STATUS} ...${form.field("status")} />
                    <${SelectField} label="Source" options=${KINDS} ...${form.field("integrationType")} />
                </div>
                <${TextField} label="Event type" optional spellcheck=${false} placeholder="jira:issue_updated" ...${form.field("eventType")} />
                <div class="form-row">
                    <${TextField} label="Received after" optional type="datetime-local" ...${form.field("from")} />
                    <${TextField} label="Received before" optional type="datetime-local" ...${form.field("to")} />
                </div>
                <div aria-live="polite">
                    ${known !== null && html`<${Notice} tone=${known > 0 ? "warn" : "busy"}>
                        ${known === 0 ? "No event matches." : `${counted(known, "event")} would be processed again.`}<//>`}
                </div>
                <div class="dialog-foot">
                    <${Button} onClick=${onClose}>Cancel<//>
                    ${known === null
                        ? html`<${Button} key="count" kind="main" type="submit" busy=${count.busy}>Count events<//>`
                        : html`<${Button} key="replay" kind="main" type="submit" busy=${replay.busy} disabled=${known === 0}>Replay ${counted(known, "event")}<//>`}
                </div>
            </form>
        <//>`;
}

function body({ status, integrationType, eventType, from, to }) {
    return {
        status,
        ...(integrationType && { integrationType }),
        ...(eventType.trim() && { eventType: eventType.trim() }),
        ...(from && { from: new Date(from).toISOString() }),
        ...(to && { to: new Date(to).toISOString() }),
    };
}
