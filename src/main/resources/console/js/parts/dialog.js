import { html, useEffect, useRef } from "../view.js";
import { Button } from "./button.js";
import { ErrorNotice } from "./notice.js";

/** A window above the page. The browser keeps the focus within, and gives it back. */
export function Dialog({ title, onClose, children }) {
    const dialog = useRef(null);
    useEffect(() => {
        const before = document.activeElement;
        dialog.current.showModal();
        return () => before?.focus?.();
    }, []);
    return html`
        <dialog ref=${dialog} aria-labelledby="dialog-title" onCancel=${event => { event.preventDefault(); onClose(); }}>
            <h2 id="dialog-title">${title}</h2>
            ${children}
        </dialog>`;
}

/** Asks before something that cannot be taken back. action: as useAction gives it. */
export const Confirm = ({ title, children, yes, action, onYes, onClose }) => html`
    <${Dialog} title=${title} onClose=${onClose}>
        <p>${children}</p>
        <${ErrorNotice} error=${action.error} />
        <div class="dialog-foot">
            <${Button} onClick=${onClose}>Cancel<//>
            <${Button} kind="danger" busy=${action.busy} onClick=${onYes}>${yes}<//>
        </div>
    <//>`;
