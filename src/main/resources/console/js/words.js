// The platform's words for states, as words and tones for people.

import { sources } from "./sources.js";

const number = new Intl.NumberFormat();
const rounded = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 2 });

export const count = value => (value === null || value === undefined ? "–" : number.format(value));

/** How many matches a list has: "12,345", or "about 980,000" where that is an estimate. */
export const totalOf = list => (list.estimated ? `about ${rounded.format(list.total)}` : count(list.total));

/** "1 ticket", "3 tickets". */
export const counted = (value, one, many = one + "s") => `${count(value)} ${value === 1 ? one : many}`;

const states = (...entries) => new Map(entries.map(([name, text, tone]) => [name, { text, tone }]));

const SYNC = states(
    ["running", "Running", "busy"],
    ["completed", "Completed", "good"],
    ["failed", "Failed", "bad"],
    ["cancelled", "Cancelled", "idle"],
);

const TICKET = states(
    ["synced", "Synced", "good"],
    ["pending", "Pending", "busy"],
    ["conflict", "Conflict", "warn"],
    ["deleted", "Deleted", "idle"],
    ["failed", "Failed", "bad"],
);

const EVENT = states(
    ["pending", "Pending", "busy"],
    ["processing", "Processing", "busy"],
    ["processed", "Processed", "good"],
    ["failed", "Failed, will retry", "warn"],
    ["dead", "Dead letter", "bad"],
    ["ignored", "Ignored", "idle"],
);

const HEALTH = states(
    ["UP", "Up", "good"],
    ["DEGRADED", "Degraded", "warn"],
    ["DOWN", "Down", "bad"],
    ["UNKNOWN", "Unknown", "idle"],
);

const CIRCUIT = states(
    ["CLOSED", "Closed", "good"],
    ["HALF_OPEN", "Half open", "warn"],
    ["OPEN", "Open", "bad"],
);

const CIRCUIT_MEANING = { CLOSED: "requests are sent", HALF_OPEN: "one request is being tried", OPEN: "no requests are sent" };

const STREAM = states(
    ["waiting", "Waiting", "idle"],
    ["running", "Running", "busy"],
    ["completed", "Completed", "good"],
    ["failed", "Failed", "bad"],
    ["skipped", "Skipped", "idle"],
);

const PULL = states(
    ["open", "Open", "good"],
    ["draft", "Draft", "idle"],
    ["merged", "Merged", "done"],
    ["closed", "Closed", "idle"],
);

const REVIEW = states(
    ["approved", "Approved", "good"],
    ["changes_requested", "Changes requested", "warn"],
    ["commented", "Commented", "idle"],
    ["dismissed", "Dismissed", "idle"],
    ["pending", "Pending", "idle"],
    ["review_required", "Review required", "idle"],
);

/** Of workflow runs, checks and deployments: what they do, or how they ended. */
const RUN = states(
    ["success", "Succeeded", "good"],
    ["failure", "Failed", "bad"],
    ["error", "Error", "bad"],
    ["timed_out", "Timed out", "bad"],
    ["startup_failure", "Could not start", "bad"],
    ["action_required", "Action required", "warn"],
    ["cancelled", "Cancelled", "idle"],
    ["skipped", "Skipped", "idle"],
    ["neutral", "Neutral", "idle"],
    ["stale", "Stale", "idle"],
    ["inactive", "Inactive", "idle"],
    ["in_progress", "Running", "busy"],
    ["queued", "Queued", "busy"],
    ["requested", "Requested", "busy"],
    ["waiting", "Waiting", "busy"],
    ["pending", "Pending", "busy"],
);

const look = (table, name) => table.get(name) ?? { text: String(name ?? "Unknown"), tone: "idle" };

export const syncState = sync =>
    sync.status === "running" && sync.waitingUntil
        ? { text: "Waiting for the rate limit", tone: "warn" }
        : look(SYNC, sync.status);
export const ticketState = name => look(TICKET, name);
export const eventState = name => look(EVENT, name);
export const healthState = name => look(HEALTH, name);
export const circuitState = name => look(CIRCUIT, name);
export const streamState = name => look(STREAM, name);
export const pullState = pull => look(PULL, pull.mergedAt ? "merged" : pull.state === "open" && pull.draft ? "draft" : pull.state);
export const reviewState = name => look(REVIEW, String(name).toLowerCase());
export const runState = ({ status, conclusion }) => look(RUN, (conclusion || status || "").toLowerCase() || null);
export const circuitMeaning = name => CIRCUIT_MEANING[name] ?? "";

/** What an event is about, without the name of its source: "issue/10409". */
export const entityName = ({ entity, integrationType }) => String(entity ?? "").replace(new RegExp(`^${integrationType}/`), "");

export const ticketStates = [...TICKET.keys()];
export const eventStates = [...EVENT.keys()];

/** "All 3 connections are up.", "1 of 3 connections is down." of: as the health operation gives them */
export function connectionsSentence(of) {
    const not = ["DOWN", "DEGRADED", "UNKNOWN"].map(status => [status, of.filter(one => one.status === status)]).filter(([, list]) => list.length > 0);
    if (of.length === 0) {
        return "No connections yet.";
    }
    if (not.length === 0) {
        return of.length === 1 ? `${integration(of[0].type)} is ${healthState(of[0].status).text.toLowerCase()}.` : `All ${of.length} connections are up.`;
    }
    return not.map(([status, list]) => `${list.length} of ${counted(of.length, "connection")} ${list.length === 1 ? "is" : "are"} ${healthState(status).text.toLowerCase()}.`).join(" ");
}

const SYNC_TYPES = {
    full: "Full", incremental: "Incremental", manual: "Manual (JQL)", scheduled: "Scheduled", replay: "Replay", webhook: "Webhook",
};
export const syncType = name => SYNC_TYPES[name] ?? name;

/** "workflow-runs" → "Workflow runs". */
const spaced = name => String(name).replaceAll("-", " ").replace(/^./, letter => letter.toUpperCase());

const STREAMS = { pulls: "Pull requests", "pull-details": "Pull request details" };
export const streamName = name => STREAMS[name] ?? spaced(name);

const INTEGRATIONS = { jira: "Jira", github: "GitHub" };
/** A source by its title: Jira, GitHub, or what a file source calls itself. */
export const integration = name => INTEGRATIONS[name] ?? sources.get().find(source => source.name === name)?.title ?? name;

const ROLES = { VIEWER: "Viewer", MEMBER: "Member", MANAGER: "Manager", ADMIN: "Administrator" };
export const role = name => ROLES[name] ?? name;

const SIZES = ["B", "kB", "MB", "GB", "TB"];
const digits = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });

/** "12.3 kB". */
export function size(bytes) {
    if (bytes === null || bytes === undefined) {
        return "–";
    }
    const place = Math.min(SIZES.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
    return `${digits.format(bytes / 1000 ** place)} ${SIZES[place]}`;
}

/** "12 %", from 12.3. */
export function percent(value) {
    return value === null || value === undefined ? "–" : value > 0 && value < 1 ? "< 1 %" : `${count(Math.round(value))} %`;
}

/** An address that may be a link: only of the web, whatever stands in the data. */
export function webAddress(text) {
    try {
        const url = new URL(text);
        return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
    } catch {
        return null;
    }
}

/** A value of any kind as one text. */
export function plain(value) {
    if (value === null || value === undefined || value === "") {
        return "–";
    }
    if (Array.isArray(value)) {
        return value.length === 0 ? "–" : value.map(plain).join(", ");
    }
    if (typeof value === "object") {
        const parts = Object.entries(value).map(([name, part]) => `${name}: ${plain(part)}`);
        return parts.length === 0 ? "–" : parts.join(", ");
    }
    return String(value);
}

/** API field → Jira's own name of it. */
const FIELDS = {
    summary: "Summary", description: "Description", status: "Status", statusCategory: "Status category", issueType: "Issue type",
    issuetype: "Issue type", priority: "Priority", assignee: "Assignee", assigneeId: "Assignee ID", reporter: "Reporter",
    reporterId: "Reporter ID", labels: "Labels", components: "Components", fixVersions: "Fix versions", affectedVersions: "Affects versions",
    parentKey: "Parent", sprints: "Sprint", storyPoints: "Story points", dueDate: "Due date", duedate: "Due date", resolution: "Resolution",
    resolutionDate: "Resolved", createdDate: "Created", updatedDate: "Updated", securityLevel: "Security level", hierarchyLevel: "Hierarchy level",
};
export const fieldName = name => FIELDS[name] ?? String(name).replace(/^customFields\./, "").replace(/^\p{Ll}/u, letter => letter.toUpperCase());

const GONE = {
    deleted: "The issue was deleted in Jira.",
    moved: "The issue was moved to another Jira project.",
    "out-of-scope": "The connection’s JQL or Jira project no longer covers the issue.",
    "other-site": "The issue belongs to a Jira site that the connection no longer uses.",
};
/** Why a ticket is marked as deleted. */
export const goneWhy = reason => GONE[reason] ?? "Jira no longer returns the issue.";
