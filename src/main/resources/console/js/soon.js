// What is told in bursts is dealt with together.

import { useEffect, useRef } from "./view.js";

/** What is told within this time is dealt with together. */
const GATHER = 250;
/** However much is told, it is dealt with only so often. */
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
