import { Badge } from "../../parts/badge.js";
import { Moment } from "../../parts/moment.js";
import { html } from "../../view.js";
import { counted } from "../../words.js";
import { Sha, Tickets, Why } from "./cells.js";
import { CodeList } from "./list.js";

/** What a merge into a branch takes. */
const protection = of => of && [
    of.requiredReviews > 0 && counted(of.requiredReviews, "review") + (of.codeOwners ? ", one by a code owner" : ""),
    of.requiredChecks?.length > 0 && html`<span title=${of.requiredChecks.join(", ")}>${counted(of.requiredChecks.length, "check")}</span>`,
    of.linearHistory && "linear history",
    of.signatures && "signed commits",
    of.forcePushes && "force pushes allowed",
].filter(Boolean).map((words, place) => [place > 0 && ", ", words]);

const columns = ({ projectId, rows, repository }) => [
    {
        name: "Branch", sort: "name", kind: "grow bare",
        cell: branch => html`<span class="row"><span class="mono wrap-anywhere">${branch.name}</span>
            ${branch.default && html`<${Badge} tone="done">Default<//>`}
            ${branch.protected && html`<${Badge}>Protected<//>`}
            ${branch.stale && html`<${Badge} tone="warn" title="No commit for more than 90 days.">Stale<//>`}</span>`,
    },
    { name: "Head", kind: "once", cell: branch => html`<${Sha} projectId=${projectId} sha=${branch.sha} />` },
    { name: "Last commit", kind: "once", cell: branch => html`<${Moment} at=${branch.lastCommitAt} none=${html`<span class="quiet">not collected</span>`} />` },
    rows.some(branch => branch.protection) && { name: "Protection", cell: branch => protection(branch.protection) },
    { name: "Tickets", kind: "once", cell: branch => html`<${Tickets} projectId=${projectId} keys=${branch.jiraKeys} />` },
    { name: "Links", kind: "once", cell: branch => html`<${Why} projectId=${projectId} asked=${{ branch: branch.name }} repository=${repository(branch)} />` },
];

const BRANCHES = { page: "branches", one: "branch", many: "branches", order: "name", identify: branch => `${branch.repository} ${branch.name}`, columns };

export const Branches = ({ projectId }) => html`<${CodeList} projectId=${projectId} of=${BRANCHES} />`;
