import { html, useLayoutEffect, useRef } from "../view.js";

/** The ways to pages that belong together. of: [{text, href, current}] */
export function Tabs({ label, of }) {
    const bar = useRef(null);
    useLayoutEffect(() => {
        const tab = bar.current.querySelector("[aria-current]");
        if (tab) {
            bar.current.scrollLeft = tab.offsetLeft - (bar.current.clientWidth - tab.clientWidth) / 2;
        }
    }, [of.findIndex(tab => tab.current)]);
    return html`
        <nav class="tabs" aria-label=${label} ref=${bar}>
            <ul>
                ${of.map(({ text, href, current }) => html`
                    <li key=${href}><a href=${href} aria-current=${current ? "page" : undefined}>${text}</a></li>`)}
            </ul>
        </nav>`;
}
