import { html, useEffect, useRef } from "../view.js";

/** The heading of a page. It is focused when the page comes, so that screen readers begin there. */
export function PageHead({ title, children, actions }) {
    const heading = useRef(null);
    useEffect(() => {
        document.title = title + " · ATMosFera";
    }, [title]);
    useEffect(() => heading.current.focus({ preventScroll: true }), []);
    return html`
        <div class="page-head">
            <div>
                <h1 ref=${heading} tabindex="-1">${title}</h1>
                ${children && html`<p>${children}</p>`}
            </div>
            ${actions && html`<div class="row">${actions}</div>`}
        </div>`;
}
