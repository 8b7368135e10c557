// Pieces that the lists and panels of a repository share. Their texts come from GitHub and stay texts.

import { Badge, StateBadge } from "../../parts/badge.js";
import { CopyButton } from "../../parts/copy-line.js";
import { html } from "../../view.js";
import { count, counted, runState } from "../../words.js";
import { pageAddress, ticketAddress } from "./page.js";

const SHORT = 8;

export const short = sha => String(sha ?? "").slice(0, SHORT);
export const firstLine = text => String(text ?? "").split("\n", 1)[0];

/** A person, however it is given: a login, or {login, name}. */
export const who = author => (author && typeof author === "object" ? author.login ?? author.name : author) ?? "ghost";

export const Tickets = ({ projectId, keys }) => keys?.length > 0 && html`
    <span class="label-list">${keys.map(key => html`<a class="mono" key=${key} href=${ticketAddress(projectId, key)}>${key}</a>`)}</span>`;

/** A commit by the beginning of its SHA, with a way to copy the whole. */
export const Sha = ({ projectId, sha }) => sha && html`
    <span class="sha"><a class="mono" href=${pageAddress(projectId, "commits", { commit: sha })}>${short(sha)}</a></span>`;

export const CopySha = ({ sha }) => html`<${CopyButton} kind="plain tiny" text=${sha} name=${"SHA of " + short(sha)} />`;

/** Lines that came and went. */
export const Lines = ({ additions, deletions }) => (additions ?? deletions) !== undefined && additions !== null && html`
    <span class="number lines"><span class="plus">+${count(additions ?? 0)}</span> <span class="minus">−${count(deletions ?? 0)}</span></span>`;

export const Unreachable = ({ commit }) => commit.reachable === false && html`
    <${Badge} title="No branch or tag contains this commit any more.">Unreachable<//>`;

/** The way to why something is linked with tickets or is not. asked: {pull}, {commit}, {branch} or {issue} */
export const Why = ({ projectId, asked, repository }) => {
    const [name] = Object.values(asked);
    return html`<a class="small" href=${pageAddress(projectId, "links", { ...asked, repository })}
        aria-label=${`Why is ${name} linked, or not linked?`}>Why?</a>`;
};

/** Checks as a whole: {state, total, failed}. */
export function Checks({ of }) {
    if (!of || !of.state && !of.total) {
        return null;
    }
    const { text, tone } = runState({ status: of.state });
    const words = of.failed > 0 ? `${count(of.failed)} of ${count(of.total)} failed` : text;
    return html`<${StateBadge} state=${{ text: words, tone: of.failed > 0 ? "bad" : tone }} title=${of.total > 0 ? counted(of.total, "check") : undefined} />`;
}
