import { StateBadge, Tags } from "../../parts/badge.js";
import { ChosenFilter, TypedFilter } from "../../parts/filters.js";
import { Moment } from "../../parts/moment.js";
import { here } from "../../route.js";
import { html } from "../../view.js";
import { pullState, reviewState } from "../../words.js";
import { Checks, Tickets, Why } from "./cells.js";
import { CodeList } from "./list.js";
import { opener, PullPanel } from "./pull-panel.js";

const STATES = [["", "Any state"], ["open", "Open"], ["merged", "Merged"], ["closed", "Closed or merged"]];

const Filters = ({ query }) => html`
    <${ChosenFilter} query=${query} name="state" label="State" options=${STATES} />
    <${TypedFilter} query=${query} name="author" label="Author" placeholder="Login" spellcheck=${false} />
    <${TypedFilter} query=${query} name="label" label="Label" spellcheck=${false} />
    <${TypedFilter} query=${query} name="jiraKey" label="Ticket" placeholder="DEMO-1" spellcheck=${false} />`;

const columns = ({ projectId, rows, repository }) => [
    {
        name: "Number", sort: "number", kind: "once bare",
        cell: pull => html`<a class="mono" data-opener=${opener(pull.number)} href=${here({ pull: pull.number, in: repository(pull) })}>#${pull.number}</a>`,
    },
    {
        name: "Title", sort: "title", kind: "grow bare",
        cell: pull => html`<span class="clip" dir="auto">${pull.title}</span>${pull.labels?.length > 0 && html`<${Tags} of=${pull.labels} most=${3} />`}`,
    },
    { name: "State", sort: "state", kind: "once", cell: pull => html`<${StateBadge} state=${pullState(pull)} />` },
    { name: "Author", sort: "author", kind: "person", wide: true, cell: pull => pull.author },
    rows.some(pull => pull.reviewDecision || pull.checks) && {
        name: "Review, checks", wide: true, kind: "once",
        cell: pull => html`<span class="badges">${pull.reviewDecision && html`<${StateBadge} state=${reviewState(pull.reviewDecision)} />`}<${Checks} of=${pull.checks} /></span>`,
    },
    { name: "Tickets", kind: "once", cell: pull => html`<${Tickets} projectId=${projectId} keys=${pull.jiraKeys} />` },
    { name: "Updated", sort: "updatedAt", wide: true, kind: "once", cell: pull => html`<${Moment} at=${pull.updatedAt} />` },
    { name: "Links", wide: true, kind: "once", cell: pull => html`<${Why} projectId=${projectId} asked=${{ pull: pull.number }} repository=${repository(pull)} />` },
];

const PULLS = {
    page: "pulls", one: "pull request", order: "-updatedAt", identify: pull => `${pull.repository} ${pull.number}`, columns,
    filters: ["state", "author", "label", "jiraKey"], Filters, open: "pull", key: pull => String(pull.number), Panel: PullPanel,
};

export const Pulls = ({ projectId }) => html`<${CodeList} projectId=${projectId} of=${PULLS} />`;
