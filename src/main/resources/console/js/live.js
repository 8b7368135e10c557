// What changes, told by the platform as it happens (WebSocket /ws/updates), with a line that mends itself.

import { session } from "./session.js";
import { store, useStore } from "./store.js";
import { useEffect, useRef } from "./view.js";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
/** Heartbeats come more often than this; silence means that the line is dead, though nothing says so. */
const SILENCE = 90_000;

/** off: no project. connecting, live, reconnecting. impossible: the browser refuses to send this token that way. */
export const line = store({ state: "off", projectId: null, attempts: 0 });

const listeners = new Set();
let socket = null;
let timer = null;
let silence = null;

/** Follows a project, or none. */
export function follow(projectId) {
    if (projectId === line.get().projectId) {
        return;
    }
    hangUp();
    line.set({ state: projectId ? "connecting" : "off", projectId, attempts: 0 });
    if (projectId) {
        connect();
    }
}

/** Calls back with every message of the line, and with {type: "resync"} after a gap. */
export function useLive(hear) {
    const latest = useRef(hear);
    latest.current = hear;
    useEffect(() => {
        const listener = message => latest.current(message);
        listeners.add(listener);
        return () => listeners.delete(listener);
    }, []);
}

export const useLine = () => useStore(line);

/** How often to ask where the line is not there: milliseconds for useData, 0 while it is. */
export const useFallback = milliseconds => (useLine().state === "live" ? 0 : milliseconds);

function connect() {
    const { projectId } = line.get();
    const { token } = session.get();
    const url = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/updates?projectId=${projectId}`;
    try {
        socket = new WebSocket(url, ["bearer", token]);
    } catch {
        line.set({ ...line.get(), state: "impossible" });
        return;
    }
    const current = socket;
    current.addEventListener("open", () => {
        const mended = line.get().state === "reconnecting";
        line.set({ state: "live", projectId, attempts: 0 });
        listen();
        if (mended) {
            tell({ type: "resync", projectId, at: new Date().toISOString() });
        }
    });
    current.addEventListener("message", event => {
        listen();
        const message = read(event.data);
        if (message && message.type !== "heartbeat") {
            tell(message);
        }
    });
    current.addEventListener("close", () => {
        if (current === socket) {
            again();
        }
    });
}

function again() {
    clearTimeout(silence);
    socket = null;
    const { projectId, attempts } = line.get();
    line.set({ state: "reconnecting", projectId, attempts: attempts + 1 });
    // With jitter, so that a platform that comes back does not meet everybody at once.
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** attempts) * (0.5 + Math.random());
    timer = setTimeout(connect, pause);
}

function listen() {
    clearTimeout(silence);
    silence = setTimeout(() => {
        const dead = socket;
        again();
        dead?.close();
    }, SILENCE);
}

function hangUp() {
    clearTimeout(timer);
    clearTimeout(silence);
    const former = socket;
    socket = null;
    former?.close();
}

function tell(message) {
    listeners.forEach(listener => listener(message));
}

function read(text) {
    try {
        return JSON.parse(text);
    } catch {
        return null;
    }
}

session.watch(({ token }) => token || follow(null));

// Back from sleep or another network: no need to wait for the next attempt.
function hurry() {
    if (line.get().state === "reconnecting" && !document.hidden && socket === null) {
        clearTimeout(timer);
        connect();
    }
}
addEventListener("online", hurry);
document.addEventListener("visibilitychange", hurry);
