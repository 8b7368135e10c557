// Live updates from the platform (WebSocket /ws/updates), with a connection that reconnects by itself.

import { withQuery } from "./api.js";
import { session } from "./session.js";
import { store, useStore } from "./store.js";
import { useEffect, useRef } from "./view.js";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;
/** Heartbeats come more often than this; silence means that the line is dead, though nothing says so. */
const SILENCE = 90_000;

/** state: off (nobody is signed in), connecting, live, reconnecting. */
export const line = store({ state: "off", projectId: undefined, attempts: 0 });

const listeners = new Set();
let socket = null;
let timer = null;
let silence = null;

/** Follows a project; null for all of them. */
export function follow(projectId) {
    if (projectId === line.get().projectId) {
        return;
    }
    hangUp();
    line.set({ state: "connecting", projectId, attempts: 0 });
    connect();
}

/** Calls back with every message of the line; {type: "resync"} means that what is shown has to be fetched again. */
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
    const place = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws/updates`;
    const current = (socket = new WebSocket(withQuery(place, { projectId }), ["bearer", encoded(token)]));
    current.addEventListener("open", () => current === socket && listen());
    current.addEventListener("message", event => {
        if (current !== socket) {
            return;
        }
        listen();
        const message = read(event.data);
        if (message?.type === "heartbeat") {
            beat(message);
        } else if (message) {
            tell(message);
        }
    });
    current.addEventListener("close", () => {
        if (current === socket) {
            again();
        }
    });
}

/** From the first heartbeat on nothing is missed; what came before it may have been. */
function beat(message) {
    const { state, projectId } = line.get();
    if (state !== "live") {
        line.set({ state: "live", projectId, attempts: 0 });
        tell({ ...message, type: "resync" });
    }
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
    line.set({ state: "off", projectId: undefined, attempts: 0 });
}

function tell(message) {
    listeners.forEach(listener => listener(message));
}

/** A subprotocol may not have every character that a token may. */
const encoded = token => encodeURIComponent(token).replace(/[()]/g, letter => "%" + letter.charCodeAt(0).toString(16));

function read(text) {
    try {
        return JSON.parse(text);
    } catch {
        return null;
    }
}

session.watch(({ token }) => token || hangUp());

// Back from sleep or another network: no need to wait for the next attempt.
function hurry() {
    if (line.get().state === "reconnecting" && !document.hidden && socket === null) {
        clearTimeout(timer);
        connect();
    }
}
addEventListener("online", hurry);
document.addEventListener("visibilitychange", hurry);
