import { useStore } from "../store.js";
import { ago, clock, exactly, shortlyExact } from "../time.js";
import { html } from "../view.js";

/** The same with its time of day, where a person looks closely. */
export const ExactMoment = ({ at, none = "–" }) => (at ? html`<${Moment} at=${at} /> <span class="quiet small number">${shortlyExact(at)}</span>` : none);

/** How long ago something was or when it will be; the exact time in the viewer's zone shows on hovering. */
export function Moment({ at, none = "–" }) {
    const now = useStore(clock);
    return at ? html`<time datetime=${at} title=${exactly(at)}>${ago(at, Math.max(now, Date.now()))}</time>` : none;
}
