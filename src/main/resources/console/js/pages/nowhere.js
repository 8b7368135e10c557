import { PageHead } from "../parts/page-head.js";
import { html } from "../view.js";

export const Nowhere = () => html`
    <${PageHead} title="Page not found">
        The address may be outdated or incomplete. <a href="#/">All projects</a>
    <//>`;
