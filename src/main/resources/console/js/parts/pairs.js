import { html } from "../view.js";

const said = ([, value]) => value !== undefined && value !== null && value !== false && value !== "";

/** Names and values, line by line; what has no value is left out. of: [[name, value]] */
export const Pairs = ({ of }) => html`
    <dl class="pairs">
        ${of.filter(said).map(([name, value]) => html`
            <dt key=${"name-" + name}>${name}</dt>
            <dd key=${"value-" + name}>${value}</dd>`)}
    </dl>`;

/** The same, side by side. */
export const Facts = ({ of }) => html`
    <dl class="facts">
        ${of.filter(said).map(([name, value]) => html`<div key=${name}><dt>${name}</dt><dd>${value}</dd></div>`)}
    </dl>`;
