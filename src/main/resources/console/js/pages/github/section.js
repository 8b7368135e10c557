import { html } from "../../view.js";

/** A part of the analysis, where there is something to show. why: how the figures came about */
export const Section = ({ title, why, more, children }) => html`
    <section class="card" aria-label=${title}>
        <header><h2>${title}</h2>${more}</header>
        ${why && html`<p class="quiet">${why}</p>`}
        ${children}
    </section>`;

const SIGNS = { true: "+", false: "" };

/** A number with its sign, as what came or went. */
export const signed = (value, words) => (typeof value === "number" ? (value < 0 ? "−" : SIGNS[value > 0]) + words(Math.abs(value)) : undefined);

/** Hours as milliseconds, for time.js. */
export const inMilliseconds = hours => (typeof hours === "number" ? hours * 3_600_000 : undefined);
