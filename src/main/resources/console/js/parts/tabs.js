import { html } from "../view.js";

/** The ways to pages that belong together. of: [{text, href, current}] */
export const Tabs = ({ label, of }) => html`
    <nav class="tabs" aria-label=${label}>
        <ul>
            ${of.map(({ text, href, current }) => html`
                <li key=${href}><a href=${href} aria-current=${current ? "page" : undefined}>${text}</a></li>`)}
        </ul>
    </nav>`;
