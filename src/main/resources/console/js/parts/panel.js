import { html, useEffect, useRef } from "../view.js";
import { Button } from "./button.js";

/**
 * What is open beside a list (on a narrow screen: in its place). Escape closes it.
 *
 * @param opener  the data-opener of the link that opened it, where the focus goes back to
 */
export function Panel({ label, title, above, opener, onClose, children }) {
    const panel = useRef(null);
    const heading = useRef(null);
    const close = useRef(onClose);
    close.current = onClose;

    useEffect(() => () => setTimeout(() => document.querySelector(`[data-opener="${CSS.escape(opener)}"]`)?.focus()), [opener]);

    useEffect(() => {
        heading.current.focus({ preventScroll: true });
        panel.current.scrollTop = 0;
        if (getComputedStyle(panel.current).position === "static") {
            scrollTo(0, 0);
        }
    }, [label]);

    function escape(event) {
        if (event.key === "Escape") {
            event.stopPropagation();
            close.current();
        }
    }

    return html`
        <aside class="panel" aria-label=${label} ref=${panel} onKeyDown=${escape}>
            <div class="panel-head">
                <div class="stack tight">
                    ${above}
                    <h2 ref=${heading} tabindex="-1">${title}</h2>
                </div>
                <${Button} kind="tiny" onClick=${onClose}>Close<//>
            </div>
            ${children}
        </aside>`;
}
