// Where the page is: the part of the address behind #. What is filtered or open stands in it, so it can be sent on.

import { store, useStore } from "./store.js";

function read() {
    const [path, query] = location.hash.replace(/^#/, "").split("?", 2);
    return { path: path || "/", query: new URLSearchParams(query ?? "") };
}

const route = store(read());

addEventListener("hashchange", () => route.set(read()));

export const useRoute = () => useStore(route);

/** An address within the console. Parameters that are empty are left out. */
export function address(path, parameters = {}) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) {
        if (value !== undefined && value !== null && value !== "") {
            query.set(name, value);
        }
    }
    const text = query.toString();
    return "#" + path + (text ? "?" + text : "");
}

export function go(path, parameters) {
    location.hash = address(path, parameters);
}

/** The present address with other parameters; null takes one away. */
export function here(changes) {
    const { path, query } = route.get();
    return address(path, { ...Object.fromEntries(query), ...changes });
}

/** Changes parameters of the present address; null takes one away. No new step in the browser's history. */
export function refine(changes, { step = false } = {}) {
    const { path, query } = read();
    const next = address(path, { ...Object.fromEntries(query), ...changes });
    if (next === location.hash) {
        return;
    }
    if (step) {
        location.hash = next;
    } else {
        history.replaceState(null, "", next);
        route.set(read());
    }
}
