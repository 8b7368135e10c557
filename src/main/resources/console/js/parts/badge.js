import { html } from "../view.js";

/** A state in a word, with its colour. */
export const Badge = ({ tone = "idle", title, children }) =>
    html`<span class=${"badge " + tone} title=${title}>${children}</span>`;

/** A state as words.js gives it: {text, tone}. */
export const StateBadge = ({ state, title }) => html`<${Badge} tone=${state.tone} title=${title}>${state.text}<//>`;

/** most: how many are shown; the others are counted. */
export const Tags = ({ of, most = Infinity }) => html`
    <span class="label-list" title=${of.length > most ? of.join(", ") : undefined}>
        ${of.slice(0, most).map(text => html`<span class="tag" key=${text}>${text}</span>`)}
        ${of.length > most && html`<span class="quiet small">+${of.length - most}</span>`}
    </span>`;
