import { html } from "../view.js";
import { webAddress } from "../words.js";

/** A link out of the console, in a new tab; where the address is none of the web, the words alone. */
export const Outside = ({ to, children, ...others }) => webAddress(to)
    ? html`<a href=${webAddress(to)} target="_blank" rel="noopener noreferrer" ...${others}>${children} <span aria-hidden="true">↗</span></a>`
    : children;
