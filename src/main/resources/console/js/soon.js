// Messages that come in bursts are handled together.

import { useEffect, useRef } from "./view.js";

/** Messages within this time are handled together. */
const GATHER = 250;
/** However many messages come, they are handled only so often. */
const PAUSE = 1000;

/** A function after whose call act runs soon: once for many calls, and never more often than pause says (milliseconds). */
export function useSoon(act, pause = PAUSE) {
    const latest = useRef(act);
    const timer = useRef(null);
    const last = useRef(0);
    latest.current = act;
    useEffect(() => () => clearTimeout(timer.current), []);
    return () => {
        timer.current ??= setTimeout(() => {
            timer.current = null;
            last.current = Date.now();
            latest.current();
        }, Math.max(GATHER, last.current + pause - Date.now()));
    };
}
