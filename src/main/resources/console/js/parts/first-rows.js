import { html, useState } from "../view.js";
import { count } from "../words.js";
import { Button } from "./button.js";
import { Table } from "./table.js";

const AT_FIRST = 10;

/** [the first of a list or all of it, the button that shows all]. */
export function useFirst(list, most = AT_FIRST) {
    const [all, setAll] = useState(false);
    const whole = list ?? [];
    const more = !all && whole.length > most;
    return [
        more ? whole.slice(0, most) : whole,
        more && html`<p><${Button} kind="tiny" onClick=${() => setAll(true)}>Show all ${count(whole.length)}<//></p>`,
    ];
}

/** A table of its first ten rows, and of all on demand. The others as of Table. */
export function FirstRows({ rows, ...others }) {
    const [shown, more] = useFirst(rows);
    return html`<${Table} rows=${shown} ...${others} />${more}`;
}
