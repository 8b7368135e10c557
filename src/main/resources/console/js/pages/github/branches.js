import { withQuery } from "../../api.js";
import { useData } from "../../data.js";
import { Badge } from "../../parts/badge.js";
import { Moment } from "../../parts/moment.js";
import { useRoute } from "../../route.js";
import { html, useMemo } from "../../view.js";
import { counted } from "../../words.js";
import { Sha, Tickets, Why } from "./cells.js";
import { CodeList } from "./list.js";

/** What a merge into a branch takes. */
const protection = of => of && [
    of.requiredReviews > 0 && counted(of.requiredReviews, "review") + (of.codeOwners ? " with a code owner’s" : ""),
    of.requiredChecks?.length > 0 && html`<span title=${of.requiredChecks.join(", ")}>${counted(of.requiredChecks.length, "check")}</span>`,
    of.linearHistory && "linear history",
    of.signatures && "signed commits",
    of.forcePushes && "force pushes allowed",
].filter(Boolean).map((words, place) => [place > 0 && ", ", words]);

const columns = ages => ({ projectId, rows, repository }) => {
    const age = branch => ages.get(branch.name) ?? {};
    const last = branch => branch.lastCommitAt ?? age(branch).lastCommitAt;
    const stale = branch => branch.stale ?? age(branch).stale;
    return [
        {
            name: "Branch", sort: "name", kind: "grow bare",
            cell: branch => html`<span class="row"><span class="mono wrap-anywhere">${branch.name}</span>
                ${branch.default && html`<${Badge} tone="done">Default<//>`}
                ${branch.protected && html`<${Badge}>Protected<//>`}
                ${stale(branch) && html`<${Badge} tone="warn" title="Nobody has committed to it for long.">Stale<//>`}</span>`,
        },
        { name: "Head", kind: "once", cell: branch => html`<${Sha} projectId=${projectId} sha=${branch.sha} />` },
        rows.some(last) && { name: "Last commit", kind: "once", cell: branch => html`<${Moment} at=${last(branch)} none="" />` },
        rows.some(branch => branch.protection) && { name: "Protection", cell: branch => protection(branch.protection) },
        { name: "Tickets", kind: "once", cell: branch => html`<${Tickets} projectId=${projectId} keys=${branch.jiraKeys} />` },
        { name: "Links", kind: "once", cell: branch => html`<${Why} projectId=${projectId} asked=${{ branch: branch.name }} repository=${repository(branch)} />` },
    ];
};

/** How old branches are the analysis knows, of the oldest ones. */
export function Branches({ projectId }) {
    const { query } = useRoute();
    const analysis = useData(withQuery(`/api/projects/${projectId}/github-analysis`, { repository: query.get("repository") }));
    const oldest = analysis.data?.analysis?.branching?.oldest;
    const of = useMemo(() => ({
        page: "branches", one: "branch", many: "branches", order: "name", identify: branch => `${branch.repository} ${branch.name}`,
        columns: columns(new Map((oldest ?? []).map(branch => [branch.name, branch]))),
    }), [oldest]);
    return html`<${CodeList} projectId=${projectId} of=${of} />`;
}
