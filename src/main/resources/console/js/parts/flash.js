import { useCallback, useEffect, useRef, useState } from "../view.js";

/** As long as the animation of .flash. */
export const FLASH = 2500;

/** [whether it is lit, light()]: for what has just changed before one's eyes. */
export function useFlash() {
    const [lit, setLit] = useState(false);
    const timer = useRef(null);
    useEffect(() => () => clearTimeout(timer.current), []);
    const light = useCallback(() => {
        clearTimeout(timer.current);
        setLit(true);
        timer.current = setTimeout(() => setLit(false), FLASH);
    }, []);
    return [lit, light];
}
