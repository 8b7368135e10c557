// The projects, and which of them one is in: the one in the address, else the last one.

import { get, withQuery } from "./api.js";
import { store } from "./store.js";

const KEY = "atmosfera.project";

/** {list: null | [...], error} */
export const projects = store({ list: null, error: null });

export async function loadProjects() {
    try {
        const all = [];
        let path = withQuery("/api/projects", { limit: 500, sort: "name" });
        while (path) {
            const { data, next } = await get(path);
            all.push(...data);
            path = next;
        }
        projects.set({ list: all, error: null });
    } catch (error) {
        projects.set({ ...projects.get(), error });
    }
}

export function remembered(projectId) {
    if (projectId) {
        sessionStorage.setItem(KEY, projectId);
        return projectId;
    }
    return Number(sessionStorage.getItem(KEY)) || null;
}

export const projectName = (list, id) => list?.find(project => project.id === id)?.name ?? `Project ${id}`;
