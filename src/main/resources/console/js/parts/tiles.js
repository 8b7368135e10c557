import { html } from "../view.js";

/** A figure with its name; with an address, the way to what it counts. */
export function Tile({ name, value, note, tone = "", href, text = false }) {
    const content = html`
        <span class="name">${name}</span>
        <span class=${"value" + (text ? " text" : "")}>${value}</span>
        ${note && html`<span class="note">${note}</span>`}`;
    return href
        ? html`<a class=${"tile " + tone} href=${href}>${content}</a>`
        : html`<div class=${"tile " + tone}>${content}</div>`;
}
