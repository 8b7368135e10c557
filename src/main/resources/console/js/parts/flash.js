import { useEffect, useRef, useState } from "../view.js";

/** As long as the animation of .flash. */
export const FLASH = 2500;

/** The keys of the rows that have another content than a moment ago, however that was found out. */
export function useFlashing(rows, identify, content) {
    const [flashing, setFlashing] = useState(new Set());
    const before = useRef(new Map());
    useEffect(() => {
        const now = new Map((rows ?? []).map(row => [identify(row), content(row)]));
        const changed = [...now].filter(([key, one]) => before.current.has(key) && before.current.get(key) !== one).map(([key]) => key);
        before.current = now;
        if (changed.length > 0) {
            setFlashing(lit => new Set([...lit, ...changed]));
            setTimeout(() => setFlashing(lit => new Set([...lit].filter(key => !changed.includes(key)))), FLASH);
        }
    }, [rows]);
    return flashing;
}
