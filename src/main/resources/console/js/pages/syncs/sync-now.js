import { post } from "../../api.js";
import { Button, useAction } from "../../parts/button.js";
import { AreaField, CheckField, ChoiceField, useForm } from "../../parts/form.js";
import { say } from "../../parts/messages.js";
import { ErrorNotice } from "../../parts/notice.js";
import { html, useState } from "../../view.js";

/** Starts a sync. heldBack: the last one held a mass deletion back, so one may let it through. */
export function SyncNow({ projectId, running, heldBack, onStarted, of }) {
    const form = useForm({ syncType: "incremental", jql: "", confirmDeletions: false });
    const [problem, setProblem] = useState(null);
    const { syncType, jql, confirmDeletions } = form.values;

    const start = useAction(async () => {
        setProblem(null);
        if (form.reject(syncType === "manual" && !jql.trim() ? { jql: "Enter a JQL query." } : {})) {
            return;
        }
        try {
            await post(`/api/projects/${projectId}/${of.path}`, {
                syncType,
                ...(syncType === "manual" && { jql: jql.trim() }),
                ...(syncType === "full" && confirmDeletions && { confirmDeletions }),
            });
            form.set({ confirmDeletions: false });
            onStarted();
        } catch (failed) {
            if (failed.status === 409) {
                say("A sync is already running.", { tone: "warn" });
                onStarted();
            } else {
                setProblem(form.blame(failed));
            }
        }
    });

    function submit(event) {
        event.preventDefault();
        start.run();
    }

    return html`
        <form class="form" ref=${form.form} onSubmit=${submit} novalidate>
            <${ErrorNotice} error=${problem} />
            <${ChoiceField} label="Type" options=${of.kinds} ...${form.field("syncType")} />
            ${syncType === "manual" && html`
                <${AreaField} label="JQL" class="code" maxlength="10000" spellcheck=${false}
                    hint="Include the project, such as project = SHOP AND updated > -7d"
                    ...${form.field("jql")} />`}
            ${syncType === "full" && heldBack && html`
                <${CheckField} label="Confirm the deletions that the last full sync held back"
                    hint="Only if these tickets were really deleted or moved in Jira." ...${form.field("confirmDeletions")} />`}
            <div><${Button} kind="main" type="submit" busy=${start.busy} disabled=${running}>
                ${running ? "A sync is running" : "Sync now"}<//></div>
        </form>`;
}
