import { html } from "../../view.js";

const literal = text => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** A key may stand behind an underscore; what goes on behind it makes another word or number of it. */
const wholly = keys => `(?<![A-Za-z0-9])(?:${keys.map(literal).join("|")})(?![A-Za-z0-9]|\\.[0-9])`;
const anywhere = keys => `(?:${keys.map(literal).join("|")})(?![0-9])`;

/** A text as nodes, in which the keys that count are marked, and those that do not as such. */
export function marked(text, linked, rejected) {
    const patterns = [linked.length > 0 && `(?<linked>${wholly(linked)})`, rejected.length > 0 && `(?<rejected>${anywhere(rejected)})`].filter(Boolean);
    if (patterns.length === 0) {
        return text;
    }
    const parts = [];
    let end = 0;
    for (const found of text.matchAll(new RegExp(patterns.join("|"), "gi"))) {
        const counts = found.groups.linked !== undefined;
        parts.push(text.slice(end, found.index),
            html`<mark class=${counts ? "linked" : "rejected"} title=${counts ? "Linked" : "Not linked"}>${found[0]}</mark>`);
        end = found.index + found[0].length;
    }
    parts.push(text.slice(end));
    return parts;
}
