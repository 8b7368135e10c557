// Lists of a repository whose rows lead on to GitHub.

import { Badge, StateBadge, Tags as TagList } from "../../parts/badge.js";
import { ChosenFilter, TypedFilter } from "../../parts/filters.js";
import { Moment } from "../../parts/moment.js";
import { Outside } from "../../parts/outside.js";
import { duration } from "../../time.js";
import { html } from "../../view.js";
import { pullState, runState } from "../../words.js";
import { Sha, Tickets, Why } from "./cells.js";
import { CodeList } from "./list.js";

const RELEASES = {
    page: "releases", one: "release", order: "-publishedAt", identify: release => `${release.repository} ${release.tagName} ${release.url}`,
    columns: () => [
        { name: "Tag", sort: "tagName", kind: "once bare", cell: release => html`<span class="mono"><${Outside} to=${release.url}>${release.tagName}<//></span>` },
        { name: "Name", sort: "name", kind: "grow", cell: release => html`<span class="clip" dir="auto">${release.name}</span>` },
        {
            name: "Type", kind: "once",
            cell: ({ draft, prerelease }) => (draft ? html`<${Badge}>Draft<//>` : prerelease
                ? html`<${Badge} tone="warn">Pre-release<//>` : html`<${Badge} tone="good">Release<//>`),
        },
        { name: "Published", sort: "publishedAt", kind: "once", cell: release => html`<${Moment} at=${release.publishedAt} none=${html`<span class="quiet">not yet</span>`} />` },
    ],
};

const ISSUES = {
    page: "issues", one: "issue", order: "-updatedAt", identify: issue => `${issue.repository} ${issue.number}`,
    lead: "Issues at GitHub. Jira tickets are on the Tickets page.",
    columns: ({ projectId, repository }) => [
        { name: "Number", sort: "number", kind: "once bare", cell: issue => html`<span class="mono"><${Outside} to=${issue.url}>#${issue.number}<//></span>` },
        { name: "Title", sort: "title", kind: "grow bare", cell: issue => html`<span class="clip" dir="auto">${issue.title}</span>` },
        { name: "State", sort: "state", kind: "once", cell: issue => html`<${StateBadge} state=${pullState(issue)} />` },
        { name: "Author", cell: issue => issue.author },
        { name: "Labels", cell: issue => issue.labels?.length > 0 && html`<${TagList} of=${issue.labels} most=${3} />` },
        { name: "Tickets", kind: "once", cell: issue => html`<${Tickets} projectId=${projectId} keys=${issue.jiraKeys} />` },
        { name: "Updated", sort: "updatedAt", kind: "once", cell: issue => html`<${Moment} at=${issue.updatedAt} />` },
        { name: "Links", kind: "once", cell: issue => html`<${Why} projectId=${projectId} asked=${{ issue: issue.number }} repository=${repository(issue)} />` },
    ],
};

const OUTCOMES = [["", "Any state"], ...["success", "failure", "cancelled", "timed_out", "action_required", "skipped", "in_progress", "queued"]
    .map(name => [name, runState({ status: name }).text])];

const RUNS = {
    page: "workflow-runs", one: "workflow run", order: "-startedAt", identify: run => run.id,
    filters: ["name", "branch", "event", "outcome"],
    Filters: ({ query }) => html`
        <${TypedFilter} query=${query} name="name" label="Workflow" placeholder="Exact name" spellcheck=${false} />
        <${TypedFilter} query=${query} name="branch" label="Branch" placeholder="Exact name" spellcheck=${false} />
        <${TypedFilter} query=${query} name="event" label="Event" placeholder="push" spellcheck=${false} />
        <${ChosenFilter} query=${query} name="outcome" label="State" options=${OUTCOMES} />`,
    columns: ({ projectId, rows }) => [
        { name: "Workflow", sort: "name", kind: "person bare", cell: run => html`<${Outside} to=${run.url}><span dir="auto">${run.name ?? "Run " + run.id}</span><//>` },
        { name: "State", kind: "once", cell: run => html`<${StateBadge} state=${runState(run)} />` },
        { name: "Event", cell: run => run.event },
        { name: "Branch", kind: "grow", cell: run => html`<span class="mono wrap-anywhere">${run.branch}</span>` },
        { name: "Commit", kind: "once", cell: run => html`<${Sha} projectId=${projectId} sha=${run.sha} />` },
        { name: "Started", sort: "startedAt", kind: "once", cell: run => html`<${Moment} at=${run.startedAt} />` },
        { name: "Duration", sort: "durationMs", end: true, kind: "once", cell: run => duration(run.durationMs) },
        rows.some(run => run.attempt > 1) && { name: "Attempt", end: true, cell: run => run.attempt },
    ],
};

const TAGS = {
    page: "tags", one: "tag", order: "name", identify: tag => `${tag.repository} ${tag.name}`,
    columns: ({ projectId }) => [
        { name: "Tag", sort: "name", kind: "grow bare", cell: tag => html`<span class="mono wrap-anywhere">${tag.name}</span>` },
        { name: "Commit", kind: "once", cell: tag => html`<${Sha} projectId=${projectId} sha=${tag.sha} />` },
        { name: "Committed", kind: "once", cell: tag => html`<${Moment} at=${tag.date} none="" />` },
    ],
};

const DEPLOYMENTS = {
    page: "deployments", one: "deployment", order: "-createdAt", identify: deployment => deployment.id,
    filters: ["environment"],
    Filters: ({ query }) => html`<${TypedFilter} query=${query} name="environment" label="Environment" placeholder="Exact name" spellcheck=${false} />`,
    columns: ({ projectId }) => [
        { name: "Environment", sort: "environment", kind: "bare", cell: deployment => html`<strong dir="auto"><${Outside} to=${deployment.url}>${deployment.environment ?? "–"}<//></strong>` },
        { name: "State", kind: "once", cell: ({ state }) => (state ? html`<${StateBadge} state=${runState({ status: state })} />` : html`<span class="quiet">unknown</span>`) },
        { name: "Branch or tag", kind: "grow", cell: deployment => html`<span class="mono wrap-anywhere">${deployment.ref}</span>` },
        { name: "Commit", kind: "once", cell: deployment => html`<${Sha} projectId=${projectId} sha=${deployment.sha} />` },
        { name: "Creator", kind: "once", cell: deployment => deployment.creator },
        { name: "Created", sort: "createdAt", kind: "once", cell: deployment => html`<${Moment} at=${deployment.createdAt} />` },
        { name: "Updated", sort: "updatedAt", kind: "once", cell: deployment => html`<${Moment} at=${deployment.updatedAt} />` },
    ],
};

const page = of => ({ projectId }) => html`<${CodeList} projectId=${projectId} of=${of} />`;

export const Releases = page(RELEASES);
export const Tags = page(TAGS);
export const Issues = page(ISSUES);
export const WorkflowRuns = page(RUNS);
export const Deployments = page(DEPLOYMENTS);
