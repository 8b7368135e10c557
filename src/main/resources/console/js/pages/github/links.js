import { Button } from "../../parts/button.js";
import { SelectField, TextField, useForm } from "../../parts/form.js";
import { refine, useRoute } from "../../route.js";
import { html } from "../../view.js";
import { Explanation } from "./explanation.js";
import { GitHubPage } from "./page.js";

const KINDS = [["pull", "Pull request"], ["commit", "Commit"], ["branch", "Branch"], ["issue", "GitHub issue"]];
const HINTS = { pull: "The number, such as 42.", commit: "The SHA, or at least its first seven characters.", branch: "The full name.", issue: "The number, such as 42." };

/** What is wrong with a question, before it is asked. */
const noNumber = text => !/^#?[1-9]\d*$/.test(text);
const WRONG = {
    pull: text => noNumber(text) && "Enter the number of a pull request.",
    issue: text => noNumber(text) && "Enter the number of an issue.",
    commit: text => !/^[0-9A-Fa-f]{7,64}$/.test(text) && "Enter at least seven characters of a SHA.",
    branch: text => !text && "Enter the name of a branch.",
};

export function Links({ projectId }) {
    const { query } = useRoute();
    const [kind] = KINDS.find(([name]) => query.get(name)) ?? [];
    const asked = kind && { [kind]: query.get(kind), repository: query.get("repository") };
    return html`
        <${GitHubPage} projectId=${projectId} page="links"
            lead="Why a pull request, commit, branch or issue is linked to a ticket, or is not.">
            <div class="stack">
                <${Question} key=${kind + query.get(kind)} kind=${kind ?? "pull"} text=${kind ? query.get(kind) : ""} />
                ${asked && html`
                    <div class="card links">
                        <h2>${KINDS.find(([name]) => name === kind)[1]} <span class="mono wrap-anywhere">${["pull", "issue"].includes(kind) && "#"}${asked[kind]}</span></h2>
                        <${Explanation} key=${JSON.stringify(asked)} projectId=${projectId} asked=${asked} />
                    </div>`}
            </div>
        <//>`;
}

function Question({ kind, text }) {
    const form = useForm({ kind, text });
    const { values } = form;

    function submit(event) {
        event.preventDefault();
        const wanted = values.text.trim();
        const wrong = WRONG[values.kind](wanted);
        if (!form.reject(wrong ? { text: wrong } : {})) {
            refine({ pull: null, commit: null, branch: null, issue: null, repository: null, [values.kind]: wanted.replace(/^#(?=\d+$)/, "") }, { step: true });
        }
    }

    return html`
        <form class="filters question" ref=${form.form} onSubmit=${submit} novalidate>
            <${SelectField} label="Type" options=${KINDS} ...${form.field("kind")} />
            <${TextField} label="Number, SHA or name" look="wide" spellcheck=${false} hint=${HINTS[values.kind]} ...${form.field("text")} />
            <${Button} kind="main" type="submit">Explain<//>
        </form>`;
}
