import { withQuery } from "../../api.js";
import { useData } from "../../data.js";
import { Empty, Loaded } from "../../parts/notice.js";
import { useScrolls } from "../../parts/scrolls.js";
import { html, useRef } from "../../view.js";
import { counted } from "../../words.js";
import { short, Sha } from "./cells.js";
import { marked } from "./marked.js";
import { ticketAddress } from "./page.js";
import { useTold } from "./told.js";

const SOURCES = { branch: "Branch", title: "Title", body: "Description", message: "Commit message", "remote-link": "Link in Jira" };
const place = ({ source, from, sha, pull }) => `${SOURCES[source ?? from] ?? source ?? from}${sha ? " " + short(sha) : ""}${pull ? ` of pull request ${pull}` : ""}`;

/** Which tickets something is linked with, and why. asked: {pull}, {commit}, {branch} or {issue}, and perhaps {repository} */
export function Explanation({ projectId, asked }) {
    const found = useData(withQuery(`/api/projects/${projectId}/links/explain`, asked));
    useTold(found.reload);
    return html`
        <${Loaded} from=${found} missing=${html`<${Empty} title="Not found">${found.error?.message}<//>`}>
            ${({ linked, rejected, searched }) => html`
                <section>
                    <h3>Linked tickets</h3>
                    ${linked.length === 0 && html`<p class="quiet">None. ${rejected.length > 0 ? "Each candidate below has the reason why it is not linked." : "The texts below were searched."}</p>`}
                    <ul class="stack tight">
                        ${linked.map((one, number) => html`
                            <li key=${number}><a class="mono" href=${ticketAddress(projectId, one.jiraKey)}>${one.jiraKey}</a>
                                ${" "}<span class="quiet small">${one.text !== one.jiraKey && html`written as <code class="wrap-anywhere">${one.text}</code> `}(${place(one)})</span></li>`)}
                    </ul>
                </section>
                ${rejected.length > 0 && html`
                    <section>
                        <h3>Not linked</h3>
                        <ul class="stack tight">
                            ${rejected.map((one, number) => html`
                                <li key=${number}><code>${one.candidate}</code>: ${one.reason}
                                    ${" "}<span class="quiet small">(${place(one)})</span></li>`)}
                        </ul>
                    </section>`}
                <section>
                    <h3>Searched: ${counted(searched.length, "text")}</h3>
                    <ul class="stack tight">
                        ${searched.map((one, number) => html`
                            <${Searched} key=${number} projectId=${projectId} text=${one} linked=${of(linked, one, "text")} rejected=${of(rejected, one, "candidate")} />`)}
                    </ul>
                    ${linked.length + rejected.length > 0 && html`
                        <p class="quiet small"><mark class="linked">Linked</mark> <mark class="rejected">not linked</mark></p>`}
                </section>`}
        <//>`;
}

/** What was found in a text. */
const of = (found, text, name) => found.filter(one => one.from === text.source && one.sha === text.sha && one.pull === text.pull).map(one => one[name]);

function Searched({ projectId, text, linked, rejected }) {
    const box = useRef(null);
    const scrolls = useScrolls(box, place(text));
    return html`
        <li class="searched">
            <span class="name">${SOURCES[text.source] ?? text.source} ${text.sha && html`<${Sha} projectId=${projectId} sha=${text.sha} />`}</span>
            <div class="text" dir="auto" ref=${box} ...${scrolls}>${marked(text.text, linked, rejected)}</div>
        </li>`;
}
