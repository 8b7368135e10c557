import { html, useRef } from "../view.js";
import { useScrolls } from "./scrolls.js";

/**
 * A list as a table.
 *
 * @param caption   what is listed, for screen readers
 * @param columns   [{name, sort?, end?, kind?, cell(row)}]; sort is the API's name of the field
 * @param identify  row → its key
 * @param state     row → {current?, gone?, flash?}
 * @param order     {sort, onSort}: the API's sort parameter, and what to do when another is chosen
 * @param onOpen    row → what a click anywhere on it does, beside the link within it
 */
export function Table({ caption, columns, rows, identify, state, order, onOpen, busy }) {
    const box = useRef(null);
    const scrolls = useScrolls(box, caption);
    return html`
        <div class="table-box cards" ref=${box} aria-busy=${busy ? "true" : undefined} ...${scrolls}>
            <table role="table">
                <caption class="unseen">${caption}</caption>
                <thead role="rowgroup">
                    <tr role="row">${columns.map(column => html`<${Heading} key=${column.name} column=${column} order=${order} />`)}</tr>
                </thead>
                <tbody role="rowgroup">
                    ${rows.map(row => html`
                        <${Row} key=${identify(row)} row=${row} columns=${columns} state=${state?.(row) ?? {}} onOpen=${onOpen} />`)}
                </tbody>
            </table>
        </div>`;
}

function Heading({ column, order }) {
    const look = column.end ? "end" : "";
    if (!column.sort || !order) {
        return html`<th role="columnheader" scope="col" class=${look}>${column.name}</th>`;
    }
    const upwards = order.sort === column.sort;
    const downwards = order.sort === "-" + column.sort;
    return html`
        <th role="columnheader" scope="col" class=${look}
            aria-sort=${upwards ? "ascending" : downwards ? "descending" : undefined}>
            <button type="button" class="sort" onClick=${() => order.onSort(downwards ? column.sort : "-" + column.sort)}>
                ${column.name}
            </button>
        </th>`;
}

function Row({ row, columns, state, onOpen }) {
    const look = [onOpen && "clickable", state.gone && "gone", state.flash && "flash"].filter(Boolean).join(" ");
    function open(event) {
        // A link or button within does its own work, and who marks text does not want to leave.
        if (!event.target.closest("a, button, input, summary") && !String(getSelection())) {
            onOpen(row);
        }
    }
    return html`
        <tr role="row" class=${look} aria-current=${state.current ? "true" : undefined} onClick=${onOpen && open}>
            ${columns.map(column => html`
                <td role="cell" key=${column.name} data-name=${column.name}
                    class=${[column.end && "end", column.kind].filter(Boolean).join(" ")}>${column.cell(row)}</td>`)}
        </tr>`;
}
