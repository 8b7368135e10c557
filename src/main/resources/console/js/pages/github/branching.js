import { Badge } from "../../parts/badge.js";
import { Moment } from "../../parts/moment.js";
import { Facts } from "../../parts/pairs.js";
import { FirstRows } from "../../parts/first-rows.js";
import { html } from "../../view.js";
import { count, counted } from "../../words.js";
import { pageAddress } from "./page.js";
import { Section } from "./section.js";

const STRATEGIES = {
    trunk: "Trunk-based", "github-flow": "GitHub flow", "git-flow": "Git flow", "release-branches": "Release branches", unknown: "Unknown",
};

const columns = projectId => [
    { name: "Branch", kind: "grow bare", cell: branch => html`<span class="row"><span class="mono wrap-anywhere">${branch.name}</span>${branch.stale && html` <${Badge} tone="warn">Stale<//>`}</span>` },
    { name: "Last commit", kind: "once", cell: branch => html`<${Moment} at=${branch.lastCommitAt} none="unknown" />` },
    { name: "Age", end: true, kind: "once", cell: branch => typeof branch.ageDays === "number" && counted(Math.round(branch.ageDays), "day") },
    { name: "Pull request", kind: "once", cell: branch => openPull(projectId, branch.openPull) },
];

const figure = value => typeof value === "number" && count(value);

/** Its number, or only whether there is one. */
const openPull = (projectId, pull) => (typeof pull === "number"
    ? html`<a class="mono" href=${pageAddress(projectId, "pulls", { pull })}>#${pull}</a>`
    : pull === true && "Open");

export const Branching = ({ projectId, of }) => of && html`
    <${Section} title="Branching" why=${of.why} more=${html`<a class="small" href=${pageAddress(projectId, "branches")}>All branches</a>`}>
        <${Facts} of=${[
            ["Strategy", html`<strong>${STRATEGIES[of.strategy] ?? of.strategy}</strong>`],
            ["Branches", figure(of.branches)],
            ["Active", figure(of.active)],
            ["Stale", figure(of.stale)],
            ["Median age", typeof of.medianAgeDays === "number" && counted(Math.round(of.medianAgeDays), "day")],
        ]} />
        ${of.oldest?.length > 0 && html`
            <details open=${of.stale > 0 || undefined}><summary>Oldest branches</summary>
                <${FirstRows} caption="Oldest branches" columns=${columns(projectId)} rows=${of.oldest} identify=${branch => branch.name} /></details>`}
    <//>`;
