import { LONG_SINCE, SinceFilter, TypedFilter } from "../../parts/filters.js";
import { Moment } from "../../parts/moment.js";
import { Outside } from "../../parts/outside.js";
import { Pairs } from "../../parts/pairs.js";
import { Panel } from "../../parts/panel.js";
import { here, refine } from "../../route.js";
import { html } from "../../view.js";
import { counted } from "../../words.js";
import { CopySha, firstLine, Lines, short, Tickets, Unreachable, who, Why } from "./cells.js";
import { Explanation } from "./explanation.js";
import { CodeList } from "./list.js";

const opener = sha => "commit-" + sha;

const Filters = ({ query }) => html`
    <${SinceFilter} query=${query} label="Committed" options=${LONG_SINCE} />
    <${TypedFilter} query=${query} name="author" label="Author" placeholder="Name, email or login" spellcheck=${false} />
    <${TypedFilter} query=${query} name="path" label="Path" look="wide" placeholder="File or folder" spellcheck=${false} />`;

/** Not known until the commit was read by itself. */
const Changes = ({ of }) => html`<${Lines} ...${of} />${typeof of?.files === "number" && html`<span class="quiet small"> in ${counted(of.files, "file")}</span>`}`;

const columns = ({ projectId, repository }) => [
    {
        name: "Commit", kind: "once bare",
        cell: commit => html`<span class="sha"><a class="mono" data-opener=${opener(commit.sha)} href=${here({ commit: commit.sha, in: repository(commit) })}>${short(commit.sha)}</a>
            <${CopySha} sha=${commit.sha} /></span>`,
    },
    {
        name: "Message", kind: "grow bare",
        cell: commit => html`<span class="clip" dir="auto">${firstLine(commit.message)}</span> <${Unreachable} commit=${commit} />`,
    },
    { name: "Author", kind: "person", cell: commit => who(commit.author) },
    { name: "Committed", sort: "committedDate", kind: "once", cell: commit => html`<${Moment} at=${commit.committedDate} />` },
    { name: "Changes", wide: true, end: true, kind: "once", cell: commit => html`<${Changes} of=${commit.changes} />` },
    { name: "Tickets", kind: "once", cell: commit => html`<${Tickets} projectId=${projectId} keys=${commit.jiraKeys} />` },
    { name: "Links", wide: true, kind: "once", cell: commit => html`<${Why} projectId=${projectId} asked=${{ commit: commit.sha }} repository=${repository(commit)} />` },
];

/** The whole SHA may be asked for, or the beginning of it. */
function CommitPanel({ projectId, id, repository, row }) {
    return html`
        <${Panel} label=${"Commit " + short(id)} opener=${opener(row?.sha ?? id)} onClose=${() => refine({ commit: null, in: null })}
            above=${html`<span class="row"><span class="mono quiet">${short(id)}</span> <${CopySha} sha=${id} />
                ${row?.reachable === false && html`<${Unreachable} commit=${row} />`}</span>`}
            title=${html`<span dir="auto">${row ? firstLine(row.message) : "Commit " + short(id)}</span>`}>
            ${row && html`
                <${Pairs} of=${[
                    ["Author", html`${row.author?.name ?? who(row.author)} ${row.author?.login && html`<span class="quiet">${row.author.login}</span>`}`],
                    ["Email", row.author?.email],
                    ["Authored", html`<${Moment} at=${row.date} />`],
                    ["Committed", html`<${Moment} at=${row.committedDate} />`],
                    ["Changes", typeof row.changes?.additions === "number" && html`<${Changes} of=${row.changes} />`],
                    ["Repository", row.repository],
                    ["SHA", html`<span class="mono">${row.sha}</span>`],
                    ["At GitHub", row.url && html`<${Outside} to=${row.url}>Open the commit<//>`],
                ]} />`}
            <${Explanation} projectId=${projectId} asked=${{ commit: id, repository }} />
        <//>`;
}

const COMMITS = {
    page: "commits", one: "commit", order: "-committedDate", identify: commit => `${commit.repository} ${commit.sha}`, columns,
    lead: "Newest first. Commits that no branch or tag contains any more are marked as unreachable.",
    filters: ["since", "author", "path"], Filters, open: "commit", key: commit => commit.sha, Panel: CommitPanel,
};

export const Commits = ({ projectId }) => html`<${CodeList} projectId=${projectId} of=${COMMITS} />`;
