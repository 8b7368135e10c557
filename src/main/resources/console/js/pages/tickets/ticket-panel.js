import { useData } from "../../data.js";
import { useFallback, useLive } from "../../live.js";
import { StateBadge, Tags } from "../../parts/badge.js";
import { useFlashing } from "../../parts/flash.js";
import { Moment } from "../../parts/moment.js";
import { Empty, Loaded, Notice } from "../../parts/notice.js";
import { Outside } from "../../parts/outside.js";
import { Pairs } from "../../parts/pairs.js";
import { Panel } from "../../parts/panel.js";
import { Wiki } from "../../parts/wiki.js";
import { here, refine } from "../../route.js";
import { day } from "../../time.js";
import { html } from "../../view.js";
import { count, counted, goneWhy, plain, pullState, ticketState, webAddress } from "../../words.js";
import { firstLine, Sha, Unreachable, who, Why } from "../github/cells.js";
import { pageAddress } from "../github/page.js";
import { useTold } from "../github/told.js";
import { History } from "./history.js";

export function TicketPanel({ projectId, issueKey }) {
    const ticket = useData(`/api/projects/${projectId}/jira-tickets/${encodeURIComponent(issueKey)}`, { every: useFallback(30_000) });
    const flashing = useFlashing(ticket.data && [ticket.data], one => one.id, one => one.contentHash + one.syncStatus);
    useLive(message => {
        if (message.type === "resync" || (message.type === "jira_update" && message.issueKey === ticket.data?.jiraKey)) {
            ticket.reload();
        }
    });
    useTold(ticket.reload);
    const close = () => refine({ ticket: null });
    const found = ticket.data;

    return html`
        <${Panel} label=${"Ticket " + issueKey} opener=${"ticket-" + issueKey} onClose=${close}
            above=${html`<span class="row"><span class="mono quiet">${found?.jiraKey ?? issueKey}</span>
                ${found && html`<${StateBadge} state=${ticketState(found.syncStatus)} />`}</span>`}
            title=${html`<span dir="auto">${found?.summary ?? issueKey}</span>`}>
            <${Loaded} from=${ticket} missing=${html`<${Empty} title="Ticket not found">It may not have been synced yet, or the connection’s JQL does not cover it.<//>`}>
                ${loaded => html`<div class=${"stack" + (flashing.size > 0 ? " flash" : "")}><${Details} projectId=${projectId} ticket=${loaded} /></div>`}
            <//>
        <//>`;
}

const Details = ({ projectId, ticket }) => html`
    ${ticket.syncStatus === "deleted" && html`<${Notice} title="Deleted:">${goneWhy(ticket.deletedReason)}<//>`}
    ${ticket.syncStatus === "failed" && html`
        <${Notice} tone="warn" title="Not up to date:">Its latest version could not be stored.
            <a href=${`#/projects/${projectId}/syncs`}>See the quarantined tickets</a><//>`}
    <${Pairs} of=${[
        ["Status", html`<span class="tag">${ticket.status}</span>`],
        ["Issue type", ticket.issueType],
        ["Priority", ticket.priority],
        ["Resolution", ticket.resolution],
        ["Parent", ticket.parentKey && html`<a class="mono" href=${here({ ticket: ticket.parentKey })}>${ticket.parentKey}</a>`],
        ["Sprint", ticket.sprints?.length > 0 && html`<${Tags} of=${ticket.sprints.map(sprint => sprint.name)} />`],
        ["Fix versions", ticket.fixVersions?.length > 0 && html`<${Tags} of=${ticket.fixVersions} />`],
        ["Affects versions", ticket.affectedVersions?.length > 0 && html`<${Tags} of=${ticket.affectedVersions} />`],
        ["Story points", ticket.storyPoints],
        ["Due date", ticket.dueDate && day(ticket.dueDate)],
        ["Assignee", ticket.assignee ?? html`<span class="quiet">Unassigned</span>`],
        ["Reporter", ticket.reporter],
        ["Labels", ticket.labels?.length > 0 && html`<${Tags} of=${ticket.labels} />`],
        ["Components", ticket.components?.length > 0 && html`<${Tags} of=${ticket.components} />`],
        ["Security level", ticket.securityLevel],
        ["Comments", ticket.commentCount > 0 && count(ticket.commentCount)],
        ["Worklogs", ticket.worklogCount > 0 && count(ticket.worklogCount)],
        ["Created", html`<${Moment} at=${ticket.createdDate} />`],
        ["Updated", html`<${Moment} at=${ticket.updatedDate} />`],
        ["Last synced", html`<${Moment} at=${ticket.lastSynced} />`],
        ["Jira", webAddress(ticket.url) && html`<${Outside} to=${ticket.url}>Open ${ticket.jiraKey}<//>`],
    ]} />
    ${ticket.description && html`<section><h3>Description</h3><div class="description" tabindex="0"><${Wiki} text=${ticket.description} /></div></section>`}
    <${CustomFields} fields=${ticket.customFields ?? {}} />
    <${Links} links=${ticket.links ?? []} />
    <${RemoteLinks} of=${ticket.remoteLinks ?? []} />
    <${PullRequests} projectId=${projectId} of=${ticket.pullRequests ?? []} />
    <${Commits} projectId=${projectId} of=${ticket.commits ?? []} />
    <${History} items=${ticket.history ?? []} cut=${ticket.historyTruncated} />`;

function CustomFields({ fields }) {
    const names = Object.keys(fields).sort();
    return names.length > 0 && html`
        <section><h3>Custom fields</h3><${Pairs} of=${names.map(name => [name, plain(fields[name])])} /></section>`;
}

const Links = ({ links }) => links.length > 0 && html`
    <section>
        <h3>Issue links</h3>
        <ul class="stack tight">
            ${links.map(link => html`
                <li key=${link.type + link.jiraKey}>
                    <span class="quiet small">${link.type}</span> <a class="mono" href=${here({ ticket: link.jiraKey })}>${link.jiraKey}</a>
                    ${" "}<span dir="auto">${link.summary}</span> ${link.status && html`<span class="tag">${link.status}</span>`}
                </li>`)}
        </ul>
    </section>`;

/** Jira’s remote links, made by people or by the platform. */
const RemoteLinks = ({ of }) => of.length > 0 && html`
    <section>
        <h3>Remote links</h3>
        <ul class="stack tight">
            ${of.map((link, place) => html`
                <li key=${place} class="wrap-anywhere"><span class="quiet small">${link.relationship}</span> <${Outside} to=${link.url}>${link.title ?? link.url}<//>
                    ${" "}${link.byPlatform && html`<span class="quiet small">created by this platform</span>`}</li>`)}
        </ul>
    </section>`;

/** Its repository, where it is not the same for all. */
const elsewhere = (of, one) => (new Set(of.map(each => each.repository)).size > 1 ? one.repository : null);

const PullRequests = ({ projectId, of }) => of.length > 0 && html`
    <section>
        <h3>${counted(of.length, "pull request")}</h3>
        <ul class="stack tight">
            ${of.map(pull => html`
                <li key=${pull.repository + pull.number} class="wrap-anywhere">
                    <a class="mono" href=${pageAddress(projectId, "pulls", { pull: pull.number, in: elsewhere(of, pull) })}>#${pull.number}</a>
                    ${" "}<span dir="auto">${pull.title}</span> <${StateBadge} state=${pullState(pull)} />
                    ${" "}<span class="quiet small">${pull.author}, <${Moment} at=${pull.mergedAt ?? pull.updatedAt} /></span>
                    ${" "}<${Why} projectId=${projectId} asked=${{ pull: pull.number }} repository=${elsewhere(of, pull)} />
                </li>`)}
        </ul>
    </section>`;

const Commits = ({ projectId, of }) => of.length > 0 && html`
    <section>
        <h3>${counted(of.length, "commit")}</h3>
        <ul class="stack tight">
            ${of.map(commit => html`
                <li key=${commit.repository + commit.sha} class="wrap-anywhere">
                    <${Sha} projectId=${projectId} sha=${commit.sha} /> <span dir="auto">${firstLine(commit.message)}</span>
                    ${" "}<${Unreachable} commit=${commit} />
                    ${" "}<span class="quiet small">${who(commit.author)}, <${Moment} at=${commit.date} /></span>
                </li>`)}
        </ul>
    </section>`;
