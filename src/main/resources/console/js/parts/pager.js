import { count, counted, totalOf } from "../words.js";
import { html } from "../view.js";
import { Button } from "./button.js";

/** Where one is in a list of useList, and the ways on. */
export function Pager({ list, size, one, many }) {
    const { total, page, older, newer, first } = list;
    const from = (page - 1) * size + 1;
    const to = from + (list.data?.length ?? 0) - 1;
    const text = total === null || total === undefined
        ? ""
        : total <= size && page === 1
            ? counted(total, one, many)
            : `${count(from)}–${count(to)} of ${totalOf(list)} ${total === 1 ? one : many ?? one + "s"}`;
    return html`
        <nav class="pager" aria-label="Pagination">
            <span class="quiet number" role="status">${text}</span>
            ${(older || newer) && html`
                <span class="row">
                    ${first && html`<${Button} kind="tiny" onClick=${first}>First<//>`}
                    <${Button} kind="tiny" disabled=${!newer} onClick=${newer}>Previous<//>
                    <${Button} kind="tiny" disabled=${!older} onClick=${older}>Next<//>
                </span>`}
        </nav>`;
}
