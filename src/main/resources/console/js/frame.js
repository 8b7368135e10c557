// What stands around every page.

import { colours, switchColours } from "./colours.js";
import { follow, useLine, useLive } from "./live.js";
import { Badge } from "./parts/badge.js";
import { Button } from "./parts/button.js";
import { say } from "./parts/messages.js";
import { useData } from "./data.js";
import { loadProjects, projects, remembered } from "./projects.js";
import { address, go } from "./route.js";
import { end, may, session } from "./session.js";
import { useStore } from "./store.js";
import { html, useEffect, useRef, useState } from "./view.js";
import { role } from "./words.js";

export function Frame({ path, projectId, children }) {
    const main = useRef(null);
    const [open, setOpen] = useState(false);
    const { list } = useStore(projects);
    const last = remembered(projectId);
    const current = list === null || list.some(project => project.id === last) ? last : null;

    useEffect(() => {
        loadProjects();
    }, []);
    // Somebody else may have created it since the list was loaded.
    useEffect(() => {
        const { list: known } = projects.get();
        if (projectId && known !== null && !known.some(project => project.id === projectId)) {
            loadProjects();
        }
    }, [projectId]);
    // Pages of the platform show what happens in any project.
    useEffect(() => follow(projectId), [projectId]);
    useEffect(() => setOpen(false), [path]);
    useLive(message => {
        if (message.type === "alert") {
            const href = message.eventId ? address("/webhooks", { event: message.eventId }) : undefined;
            const project = list?.find(one => one.id === message.projectId)?.name;
            say(project ? `${project}: ${message.message}` : message.message, { tone: tone(message.severity), href, lasting: true });
        }
    });

    return html`
        <button type="button" class="skip" onClick=${() => main.current.focus()}>Skip to the content</button>
        <div class="frame">
            <header class="bar">
                <${Button} kind="icon menu-button" aria-expanded=${String(open)} aria-controls="side" aria-label="Menu"
                    onClick=${() => setOpen(!open)}>☰<//>
                <${Brand} />
                <${ProjectChoice} list=${list} current=${current} path=${path} />
                <span class="space"></span>
                <${LiveState} />
                <${Account} />
            </header>
            <${Side} path=${path} current=${current} open=${open} />
            <main class="page" ref=${main} tabindex="-1">${children}</main>
        </div>`;
}

export const Brand = () => html`
    <a class="brand" href="#/" aria-label="ATMosFera: all projects">
        <svg viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" fill="#1f5fbf" />
            <path d="M7 20a9 9 0 0 1 18 0" fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round" />
            <path d="M11.500 20a4.500 4.500 0 0 1 9 0" fill="none" stroke="#a9cbff" stroke-width="2.600" stroke-linecap="round" />
            <path d="M6 24.500h20" stroke="#fff" stroke-width="2.600" stroke-linecap="round" />
        </svg>
        <span class="name">ATMosFera</span>
    </a>`;

function ProjectChoice({ list, current, path }) {
    if (!list?.length) {
        return null;
    }
    const part = path.match(/^\/projects\/\d+(\/.*)?$/)?.[1] ?? "";
    return html`
        <label class="unseen" for="project-choice">Project</label>
        <select id="project-choice" value=${current ?? ""} onChange=${event => go(`/projects/${event.target.value}${part}`)}>
            ${current === null && html`<option value="">Choose a project</option>`}
            ${list.map(project => html`<option key=${project.id} value=${project.id}>${project.name}</option>`)}
        </select>`;
}

const LINES = {
    connecting: ["busy", "Connecting", "Connecting to live updates."],
    live: ["good", "Live", "This page updates by itself."],
    reconnecting: ["warn", "Reconnecting", "The connection for live updates is lost. The page refreshes every few seconds until it is back."],
};

function LiveState() {
    const { state, attempts } = useLine();
    const shown = LINES[state];
    if (!shown) {
        return null;
    }
    const [mood, word, title] = shown;
    return html`
        <span class="live" role="status">
            <${Badge} tone=${state === "reconnecting" && attempts > 3 ? "bad" : mood} title=${title}><span class="word">${word}</span><//>
        </span>`;
}

function Colours() {
    const theme = useStore(colours);
    const next = theme === "dark" ? "light" : "dark";
    return html`<${Button} kind="icon" onClick=${switchColours} aria-label=${`Switch to ${next} colours`} title=${`Switch to ${next} colours`}>
        <span aria-hidden="true">${theme === "dark" ? "☀" : "☾"}</span><//>`;
}

/** Stands in the bar, on a phone in the menu. */
function Account() {
    const { me } = useStore(session);
    return html`
        <span class="account">
            <${Colours} />
            <span class="who small quiet">${me.name} · ${role(me.role)}</span>
            <${Button} onClick=${() => end()}>Sign out<//>
        </span>`;
}

function Side({ path, current, open }) {
    const item = (href, text, within = false) => html`
        <li><a href=${"#" + href} aria-current=${path === href ? "page" : within && path.startsWith(href + "/") ? "true" : undefined}>${text}</a></li>`;
    const inside = part => `/projects/${current}${part}`;
    const own = useData(current ? `/api/projects/${current}/sources` : null);
    const files = (own.data ?? []).filter(source => !source.builtIn && source.configured);
    return html`
        <nav class=${"side" + (open ? " open" : "")} id="side" aria-label="Pages">
            <div>
                ${current && html`
                    <h2>Project</h2>
                    <ul>
                        ${item(inside(""), "Overview")}
                        ${item(inside("/tickets"), "Tickets")}
                        ${item(inside("/github"), "GitHub", true)}
                        ${files.map(source => item(inside("/sources/" + source.name), source.title))}
                        ${item(inside("/syncs"), "Syncs")}
                        ${item(inside("/mapping"), "Field mapping")}
                        ${item(inside("/connections"), "Connections")}
                    </ul>`}
                <h2>Platform</h2>
                <ul>
                    ${item("/", "Projects")}
                    ${item("/webhooks", "Webhooks")}
                    ${item("/health", "Health")}
                    ${may("ADMIN") && item("/audit-log", "Audit log")}
                    <li><a href="/swagger-ui" target="_blank" rel="noopener">API <span aria-hidden="true">↗</span></a></li>
                </ul>
                <${Account} />
            </div>
        </nav>`;
}

function tone(severity) {
    const name = String(severity).toLowerCase();
    return name === "info" ? "busy" : name.startsWith("warn") ? "warn" : "bad";
}
