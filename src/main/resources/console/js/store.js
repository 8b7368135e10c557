// A value that several parts of the page look at.

import { useEffect, useState } from "./view.js";

export function store(initial) {
    let value = initial;
    const watchers = new Set();
    return {
        get: () => value,
        set(next) {
            if (next !== value) {
                value = next;
                watchers.forEach(watcher => watcher(value));
            }
        },
        watch(watcher) {
            watchers.add(watcher);
            return () => watchers.delete(watcher);
        },
    };
}

/** The store's value; the component is rendered again when it changes. */
export function useStore(of) {
    const [value, setValue] = useState(of.get());
    useEffect(() => {
        setValue(of.get());
        return of.watch(setValue);
    }, [of]);
    return value;
}
