import { useFirst } from "../../parts/first-rows.js";
import { html } from "../../view.js";
import { percent, size } from "../../words.js";
import { Section } from "./section.js";

/** So many have a colour of their own; the others share one. */
const COLOURS = 6;

/** Languages by their bytes: a bar, and the same in words. of: {name: bytes} */
export function Languages({ of }) {
    const sorted = Object.entries(of ?? {}).filter(([, bytes]) => bytes > 0).sort(([, one], [, other]) => other - one);
    const [shown, more] = useFirst(sorted);
    if (sorted.length === 0) {
        return null;
    }
    const all = sorted.reduce((sum, [, bytes]) => sum + bytes, 0);
    const share = bytes => (100 * bytes) / all;
    const look = place => "share-" + Math.min(place + 1, COLOURS);
    return html`
        <${Section} title="Languages">
            <div class="shares" aria-hidden="true">
                ${sorted.map(([name, bytes], place) => html`<span key=${name} class=${look(place)} title=${name} style=${{ width: share(bytes) + "%" }}></span>`)}
            </div>
            <ul class="share-names">
                ${shown.map(([name, bytes], place) => html`
                    <li key=${name}><span class=${"dot " + look(place)} aria-hidden="true"></span> <strong>${name}</strong>
                        ${" "}<span class="quiet number">${percent(share(bytes))} · ${size(bytes)}</span></li>`)}
            </ul>
            ${more}
        <//>`;
}
