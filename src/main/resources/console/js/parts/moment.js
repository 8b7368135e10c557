import { useStore } from "../store.js";
import { ago, clock, exactly } from "../time.js";
import { html } from "../view.js";

/** How long ago something was or when it will be; the exact time in the viewer's zone shows on hovering. */
export function Moment({ at, none = "–" }) {
    const now = useStore(clock);
    return at ? html`<time datetime=${at} title=${exactly(at)}>${ago(at, Math.max(now, Date.now()))}</time>` : none;
}
