import { useEffect, useState } from "../view.js";

/** The properties of a box that may be too small for what is in it: then the keyboard can reach and scroll it. */
export function useScrolls(box, label) {
    const [scrolls, setScrolls] = useState(false);
    useEffect(() => {
        const { current } = box;
        const look = () => setScrolls(current.scrollWidth > current.clientWidth + 1 || current.scrollHeight > current.clientHeight + 1);
        const observer = new ResizeObserver(look);
        observer.observe(current);
        [...current.children].forEach(child => observer.observe(child));
        return () => observer.disconnect();
    }, []);
    return scrolls ? { tabindex: 0, role: "group", "aria-label": label } : {};
}
