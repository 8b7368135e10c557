import { PageHead } from "../parts/page-head.js";
import { html } from "../view.js";

export const Nowhere = () => html`
    <${PageHead} title="There is no such page">
        The address may be old or cut short. <a href="#/">All projects</a>
    <//>`;
