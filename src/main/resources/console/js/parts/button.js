import { html, useCallback, useEffect, useRef, useState } from "../view.js";

/** kind: "main", "danger", "plain", and "tiny" beside one of them. */
export const Button = ({ kind = "", busy = false, disabled = false, children, type = "button", ...others }) => html`
    <button type=${type} class=${"button " + kind} disabled=${disabled || busy} aria-busy=${busy ? "true" : undefined} ...${others}>
        ${children}
    </button>`;

/**
 * Something that takes a while and may fail.
 *
 * @returns {{run, busy, error, clear}} run resolves to what the action gave, or undefined where it failed
 */
export function useAction(action) {
    const [state, setState] = useState({ busy: false, error: null });
    const latest = useRef(action);
    const there = useRef(true);
    latest.current = action;
    useEffect(() => () => (there.current = false), []);
    const settle = next => there.current && setState(next);
    const run = useCallback(async (...inputs) => {
        settle({ busy: true, error: null });
        try {
            const result = await latest.current(...inputs);
            settle({ busy: false, error: null });
            return result;
        } catch (error) {
            settle({ busy: false, error });
            return undefined;
        }
    }, []);
    const clear = useCallback(() => settle({ busy: false, error: null }), []);
    return { ...state, run, clear };
}
