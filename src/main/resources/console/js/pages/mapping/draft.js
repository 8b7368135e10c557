// Rows that are not saved yet: they outlive another page, a reload, and a configuration that somebody else saved.

import { useEffect, useMemo, useRef } from "../../view.js";

const keyOf = projectId => "atmosfera.mapping." + projectId;

/** {kept: the mappings of a former visit or null, keep(rows or null)}. Whoever closes the tab with such rows is asked. */
export function useDraft(projectId, stored) {
    const key = keyOf(projectId);
    const unsaved = useRef(false);
    const kept = useMemo(() => read(key), [key, stored]);
    useEffect(() => {
        const ask = event => unsaved.current && event.preventDefault();
        addEventListener("beforeunload", ask);
        return () => removeEventListener("beforeunload", ask);
    }, []);
    return {
        kept,
        keep(rows) {
            unsaved.current = rows !== null;
            if (rows === null) {
                sessionStorage.removeItem(key);
            } else {
                sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(rows.map(({ target, expression }) => [target, expression]))));
            }
        },
    };
}

function read(key) {
    try {
        return JSON.parse(sessionStorage.getItem(key));
    } catch {
        return null;
    }
}
