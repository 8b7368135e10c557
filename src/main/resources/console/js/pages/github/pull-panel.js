import { withQuery } from "../../api.js";
import { useData } from "../../data.js";
import { StateBadge, Tags } from "../../parts/badge.js";
import { useFlashing } from "../../parts/flash.js";
import { Moment } from "../../parts/moment.js";
import { Empty, Loaded } from "../../parts/notice.js";
import { Outside } from "../../parts/outside.js";
import { Pairs } from "../../parts/pairs.js";
import { Panel } from "../../parts/panel.js";
import { Table } from "../../parts/table.js";
import { refine } from "../../route.js";
import { html } from "../../view.js";
import { counted, pullState, reviewState, runState } from "../../words.js";
import { Checks, firstLine, Lines, Sha, who } from "./cells.js";
import { Explanation } from "./explanation.js";
import { useTold } from "./told.js";

export const opener = number => "pull-" + number;

/** row: what the list knows of it, which is enough where there are no details. */
export function PullPanel({ projectId, id, repository, row }) {
    const detail = useData(withQuery(`/api/projects/${projectId}/github-pulls/${encodeURIComponent(id)}`, { repository }));
    const flashing = useFlashing(detail.data && [detail.data], pull => pull.number, JSON.stringify);
    useTold(detail.reload, "pulls");
    const absent = detail.error?.status === 404;
    const pull = absent ? row : detail.data ? { ...row, ...detail.data } : row;
    return html`
        <${Panel} label=${"Pull request " + id} opener=${opener(id)} onClose=${() => refine({ pull: null, in: null })}
            above=${html`<span class="row"><span class="mono quiet">#${id}</span> ${pull && html`<${StateBadge} state=${pullState(pull)} />`}</span>`}
            title=${html`<span dir="auto">${pull?.title ?? "Pull request " + id}</span>`}>
            ${pull && html`<div class=${flashing.size > 0 ? "flash" : ""}><${Facts} pull=${pull} /></div>`}
            ${pull?.body && html`<section><h3>Description</h3><div class="description" dir="auto" tabindex="0">${pull.body}</div></section>`}
            <${Loaded} from=${detail} missing=${row
                ? html`<p class="quiet">Its reviews, files and commits have not been collected.</p>`
                : html`<${Empty} title="Pull request not found">It may not have been synced yet.<//>`}>
                ${found => html`
                    ${found.detailsAt === null && html`<p class="quiet">Its reviews, files and commits have not been collected yet.</p>`}
                    <${Reviews} of=${found.reviews ?? []} />
                    <${CheckRuns} of=${found.checkRuns ?? []} />
                    <${Files} of=${found.files ?? []} />
                    <${CommitsOf} projectId=${projectId} of=${found.commits ?? []} />`}
            <//>
            ${pull && html`<${Explanation} projectId=${projectId} asked=${{ pull: id, repository }} />`}
        <//>`;
}

const Facts = ({ pull }) => html`
    <${Pairs} of=${[
        ["Author", who(pull.author)],
        ["Branch", pull.headRef && html`<span class="mono">${pull.headRef}</span> into <span class="mono">${pull.baseRef}</span>`],
        ["Assignees", pull.assignees?.length > 0 && pull.assignees.join(", ")],
        ["Requested reviewers", pull.requestedReviewers?.length > 0 && pull.requestedReviewers.join(", ")],
        ["Review", pull.reviewDecision && html`<${StateBadge} state=${reviewState(pull.reviewDecision)} />`],
        ["Checks", pull.checks?.state && html`<${Checks} of=${pull.checks} />`],
        ["Changes", typeof pull.additions === "number" && html`<${Lines} ...${pull} />${typeof pull.changedFiles === "number" && ` in ${counted(pull.changedFiles, "file")}`}`],
        ["Labels", pull.labels?.length > 0 && html`<${Tags} of=${pull.labels} />`],
        ["Milestone", pull.milestone],
        ["Created", html`<${Moment} at=${pull.createdAt} />`],
        ["Updated", html`<${Moment} at=${pull.updatedAt} />`],
        ["Merged", pull.mergedAt && html`<${Moment} at=${pull.mergedAt} /> ${pull.mergedBy && ` by ${who(pull.mergedBy)}`}`],
        ["Closed", !pull.mergedAt && pull.closedAt && html`<${Moment} at=${pull.closedAt} />`],
        ["Repository", pull.repository],
        ["At GitHub", pull.url && html`<${Outside} to=${pull.url}>Open #${pull.number}<//>`],
    ]} />`;

const Reviews = ({ of }) => of.length > 0 && html`
    <section>
        <h3>${counted(of.length, "review")}</h3>
        <ul class="stack tight">
            ${of.map((review, number) => html`
                <li key=${review.id ?? number}>
                    <span class="row"><strong>${who(review.reviewer)}</strong> <${StateBadge} state=${reviewState(review.state)} />
                        <span class="quiet small"><${Moment} at=${review.submittedAt} none="" /></span></span>
                    ${review.body && html`<div class="wrap-anywhere" dir="auto">${review.body}</div>`}
                </li>`)}
        </ul>
    </section>`;

const CheckRuns = ({ of }) => of.length > 0 && html`
    <section>
        <h3>${counted(of.length, "check")}</h3>
        <ul class="stack tight">
            ${of.map((check, number) => html`
                <li class="row apart" key=${check.id ?? number}><span class="wrap-anywhere"><${Outside} to=${check.url}>${check.name}<//></span>
                    <${StateBadge} state=${runState(check)} /></li>`)}
        </ul>
    </section>`;

const FILES = [
    { name: "File", kind: "grow bare", cell: file => html`<span class="mono wrap-anywhere" title=${file.previousPath && "Renamed from " + file.previousPath}>${file.path}</span>` },
    { name: "Status", cell: file => file.status },
    { name: "Lines", end: true, kind: "once", cell: file => html`<${Lines} ...${file} />` },
];

const Files = ({ of }) => of.length > 0 && html`
    <section>
        <h3>${counted(of.length, "file")}</h3>
        <${Table} caption="Files of the pull request" columns=${FILES} rows=${of} identify=${file => file.path} />
    </section>`;

const CommitsOf = ({ projectId, of }) => of.length > 0 && html`
    <section>
        <h3>${counted(of.length, "commit")}</h3>
        <ul class="stack tight">
            ${of.map(commit => html`
                <li key=${commit.sha} class="wrap-anywhere"><${Sha} projectId=${projectId} sha=${commit.sha} /> <span dir="auto">${firstLine(commit.message)}</span>
                    ${" "}<span class="quiet small">${who(commit.author)}</span></li>`)}
        </ul>
    </section>`;
