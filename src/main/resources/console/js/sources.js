// The platform's sources: Jira, GitHub, and those that are files.

import { get } from "./api.js";
import { store } from "./store.js";

/** [{name, title, builtIn, streams}]; empty until they are known. */
export const sources = store([]);

export async function loadSources() {
    try {
        const { data } = await get("/api/sources");
        sources.set(data);
    } catch {
        // Names stand in for titles.
    }
}
