import { post } from "../../api.js";
import { StateBadge } from "../../parts/badge.js";
import { Button, useAction } from "../../parts/button.js";
import { announce } from "../../parts/messages.js";
import { Moment } from "../../parts/moment.js";
import { ErrorNotice, Notice } from "../../parts/notice.js";
import { may } from "../../session.js";
import { duration, exactly, timeOfDay } from "../../time.js";
import { html, useEffect, useRef, useState } from "../../view.js";
import { counted, syncState, syncType } from "../../words.js";
import { SOURCES } from "./sources.js";

/** How often a screen reader hears the progress. */
const WORD_EVERY = 10_000;

/** What the latest sync does or did, in words. */
export function SyncProgress({ projectId, sync, of = SOURCES.jira }) {
    const runs = sync.status === "running";
    const now = useSeconds(runs);
    const cancel = useAction(() => post(`/api/projects/${projectId}/${of.path}-logs/${sync.id}/cancel`));
    const [asked, setAsked] = useState(null);
    useSpoken(sync, of);

    async function stop() {
        if (await cancel.run()) {
            setAsked(sync.id);
        }
    }

    return html`
        <div class="stack tight" data-sync=${sync.id}>
            <div class="row apart">
                <span class="row">
                    <${StateBadge} state=${syncState(sync)} />
                    <strong>${syncType(sync.syncType)}</strong>
                    <span class="quiet small">
                        ${runs ? html`for ${duration(now - Date.parse(sync.startedAt))}` : html`<${Moment} at=${sync.completedAt} />, took ${duration(sync.durationMs)}`}
                    </span>
                </span>
                ${runs && may("MANAGER") && html`
                    <${Button} kind="tiny danger" busy=${cancel.busy} disabled=${asked === sync.id} onClick=${stop}>
                        ${asked === sync.id ? "Cancelling …" : "Cancel"}<//>`}
            </div>
            ${runs && html`<${Bar} sync=${sync} now=${now} />`}
            ${runs && html`<p class="wrap-anywhere">${sentence(sync.stateText)}</p>`}
            ${sync.status === "failed" && html`<${Notice} tone="bad" title="Error:">${sync.errorMessage}<//>`}
            ${runs && html`<${Estimate} sync=${sync} now=${now} of=${of} />`}
            <p class="quiet small number">${figures(sync, of)}</p>
            <${ErrorNotice} error=${cancel.error} />
            ${sync.warnings?.map(warning => html`<${Notice} key=${warning.code} tone="warn">${warning.message}<//>`)}
        </div>`;
}

function Bar({ sync, now }) {
    const end = Date.parse(sync.estimatedCompletionAt);
    const start = Date.parse(sync.startedAt);
    const share = end > start ? Math.min(0.99, Math.max(0, (now - start) / (end - start))) : undefined;
    return html`<progress value=${share} max="1" aria-label="Progress of the sync"></progress>`;
}

function Estimate({ sync, now, of }) {
    const at = sync.waitingUntil ?? sync.estimatedCompletionAt;
    if (!at) {
        return of === SOURCES.jira && html`<p class="quiet small">An estimate follows after the first page.</p>`;
    }
    const left = Date.parse(at) - now;
    const words = left > 1000 ? `in ${duration(left)}, at ${timeOfDay(Date.parse(at))}` : "any moment now";
    return html`
        <p class="quiet small" title=${exactly(at)}>
            ${sync.waitingUntil ? `Continues ${words}.` : `Estimated end: ${words}.`}
        </p>`;
}

export function figures(sync, of = SOURCES.jira) {
    const { processed, created, updated, unchanged, deleted, invalid, requests } = of.figures(sync);
    const parts = [[created, "created"], [updated, "updated"], [unchanged, "unchanged"], [deleted, "deleted"], [invalid, "quarantined"]]
        .filter(([number]) => number > 0).map(([number, word]) => `${number.toLocaleString()} ${word}`);
    return [counted(processed, of.thing), ...parts, ...(requests > 0 ? [counted(requests, "request")] : [])].join(" · ");
}

const sentence = text => (text ? text[0].toUpperCase() + text.slice(1) : "");

/** Moves on every second while something runs. */
function useSeconds(runs) {
    const [now, setNow] = useState(Date.now());
    useEffect(() => {
        setNow(Date.now());
        if (runs) {
            const timer = setInterval(() => setNow(Date.now()), 1000);
            return () => clearInterval(timer);
        }
    }, [runs]);
    return now;
}

function useSpoken(sync, of) {
    const last = useRef({ at: 0, status: sync.status });
    useEffect(() => {
        const changed = last.current.status !== sync.status;
        if (changed || (sync.status === "running" && Date.now() - last.current.at > WORD_EVERY)) {
            last.current = { at: Date.now(), status: sync.status };
            announce(`${of.name}: sync ${syncState(sync).text}: ${sync.stateText ?? ""}`);
        }
    }, [sync]);
}
