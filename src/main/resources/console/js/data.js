// What a page shows, loaded and kept fresh.

import { get } from "./api.js";
import { useCallback, useEffect, useRef, useState } from "./view.js";

/** An answer may be older than what was changed while it was on its way; so it is asked for once more after this. */
const ONCE_MORE = 1000;

const NOTHING = { data: null, total: null, estimated: false, next: null, error: null, loading: true };

/**
 * What stands at a path. While it reloads, the former stays; null as the path requests nothing.
 *
 * @param every  milliseconds after which it is asked for again, as long as the page is seen; 0 for never
 * @param keep   whether what is shown stays as well while another path is loaded
 * @param watch  it is asked for again when this changes
 * @returns {{data, total, estimated, next, error, loading, reload, change}} change(data → data) alters what is shown at once
 */
export function useData(path, { every = 0, keep = false, watch } = {}) {
    const [state, setState] = useState(NOTHING);
    const running = useRef(null);
    const shown = useRef(null);
    const changes = useRef(0);
    const later = useRef(null);

    const reload = useCallback(async () => {
        running.current?.abort();
        clearTimeout(later.current);
        if (path === null) {
            setState({ ...NOTHING, loading: false });
            return;
        }
        const request = (running.current = new AbortController());
        const other = shown.current !== path && !keep;
        setState(before => (other ? NOTHING : { ...before, loading: true }));
        shown.current = path;
        const before = changes.current;
        try {
            const { data, total, estimated, next } = await get(path, { signal: request.signal });
            setState({ data, total, estimated, next, error: null, loading: false });
            if (changes.current !== before) {
                later.current = setTimeout(reload, ONCE_MORE);
            }
        } catch (error) {
            if (error.name !== "AbortError") {
                setState(before => ({ ...before, error, loading: false }));
            }
        }
    }, [path, keep]);

    useEffect(() => {
        reload();
        return () => {
            running.current?.abort();
            clearTimeout(later.current);
        };
    }, [reload, watch]);

    useEffect(() => {
        if (every > 0) {
            const timer = setInterval(() => document.hidden || reload(), every);
            return () => clearInterval(timer);
        }
    }, [every, reload]);

    const change = useCallback(update => {
        changes.current++;
        setState(before => ({ ...before, data: update(before.data) }));
    }, []);
    return { ...state, reload, change };
}

/**
 * A list that comes page by page (Link header).
 *
 * @param path  of the first page; another path starts over
 * @returns {{…useData, page, older, newer, first}} older and newer are absent if there is no such page
 */
export function useList(path, options) {
    const [trail, setTrail] = useState({ path, pages: [path] });
    const pages = trail.path === path ? trail.pages : [path];
    const list = useData(pages[pages.length - 1], { keep: true, ...options });
    const turn = next => setTrail({ path, pages: next });
    return {
        ...list,
        page: pages.length,
        older: list.next ? () => turn([...pages, list.next]) : undefined,
        newer: pages.length > 1 ? () => turn(pages.slice(0, -1)) : undefined,
        first: pages.length > 1 ? () => turn([path]) : undefined,
    };
}
