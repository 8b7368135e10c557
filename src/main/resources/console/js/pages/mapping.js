import { patch, post } from "../api.js";
import { useData } from "../data.js";
import { Button, useAction } from "../parts/button.js";
import { TextField } from "../parts/form.js";
import { say } from "../parts/messages.js";
import { Empty, ErrorNotice, Loaded } from "../parts/notice.js";
import { PageHead } from "../parts/page-head.js";
import { may } from "../session.js";
import { html, useEffect, useRef, useState } from "../view.js";
import { useDraft } from "./mapping/draft.js";
import { Preview } from "./mapping/preview.js";
import { MappingRow } from "./mapping/row.js";
import { changesOf, mappingsOf, newRow, placed, rowsOf, TARGETS, wrongRows } from "./mapping/rows.js";

export function Mapping({ projectId }) {
    const config = useData(`/api/projects/${projectId}/jira-config`);
    return html`
        <${PageHead} title="Field mapping">
            How Jira’s fields map to ticket fields. The default mapping covers Jira’s fields. Rows here override or extend it.
            Each row is a jq expression over the raw issue.
        <//>
        <${Loaded} from=${config} missing=${html`
            <${Empty} title="Not connected to Jira" action=${html`<a class="button" href=${`#/projects/${projectId}/connections`}>Connect</a>`}>
                Connect the project to Jira to edit the mapping.<//>`}>
            ${loaded => html`<${Editor} key=${loaded.updatedAt} projectId=${projectId} config=${loaded} reload=${config.reload} />`}
        <//>`;
}

function Editor({ projectId, config, reload }) {
    const draft = useDraft(projectId, config.fieldMappings);
    const [rows, setRows] = useState(() => rowsOf(draft.kept ?? config.fieldMappings));
    const [wrong, setWrong] = useState({});
    const [rest, setRest] = useState([]);
    const [issueKey, setIssueKey] = useState("");
    const [preview, setPreview] = useState(null);
    const list = useRef(null);
    const allowed = may("MANAGER");
    const changed = JSON.stringify(mappingsOf(rows)) !== JSON.stringify(config.fieldMappings ?? {});
    useEffect(() => draft.keep(changed ? rows : null), [changed, rows]);

    const look = useAction(async () => {
        const key = issueKey.trim() ? { issueKey: issueKey.trim() } : {};
        const path = `/api/projects/${projectId}/jira-config/preview`;
        const { data } = await post(path, { fieldMappings: mappingsOf(rows), ...key });
        const plain = await post(path, { fieldMappings: {}, issueKey: data.ticket.jiraKey });
        setPreview({ mapped: data.ticket, byDefault: plain.data.ticket, issue: data.issue });
    });
    const save = useAction(async () => {
        await patch(`/api/projects/${projectId}/jira-config`, { fieldMappings: changesOf(config.fieldMappings, rows) });
        say("Mapping saved. Stored issues are now remapped in the background.");
        await reload();
    });

    const problem = look.error ?? save.error;
    useEffect(() => {
        if (problem) {
            const { byRow, rest: others } = placed(problem, rows);
            setWrong(byRow);
            setRest(others);
            setTimeout(() => list.current?.querySelector('[aria-invalid="true"]')?.focus());
        }
    }, [problem]);

    function run(action) {
        look.clear();
        save.clear();
        setRest([]);
        const found = wrongRows(rows);
        setWrong(found);
        if (Object.keys(found).length === 0) {
            action.run();
        } else {
            setTimeout(() => list.current?.querySelector('[aria-invalid="true"]')?.focus());
        }
    }

    function change(id, changes) {
        setRows(before => before.map(row => (row.id === id ? { ...row, ...changes } : row)));
        setWrong(({ [id]: _, ...others }) => others);
    }

    function add(target, expression) {
        setRows(before => [...before, newRow(target, expression)]);
        setTimeout(() => list.current?.querySelector(".mapping-row:last-child input")?.focus());
    }

    function submit(event) {
        event.preventDefault();
        run(look);
    }

    return html`
        <div class="columns">
            <section class="card" aria-label="Rows">
                <h2>Rows</h2>
                ${rest.map(message => html`<${ErrorNotice} key=${message} error=${{ message }} />`)}
                ${rows.length === 0 && html`<${Empty} title="Default mapping">This project has no rows.<//>`}
                <ol ref=${list}>
                    ${rows.map(row => html`
                        <${MappingRow} key=${row.id} row=${row} error=${wrong[row.id]} disabled=${!allowed}
                            onChange=${changes => change(row.id, changes)}
                            onRemove=${() => setRows(before => before.filter(one => one.id !== row.id))} />`)}
                </ol>
                <datalist id="mapping-targets">
                    ${[...TARGETS, "customFields."].map(name => html`<option key=${name} value=${name}></option>`)}
                </datalist>
                ${allowed && html`
                    <div class="row">
                        <${Button} onClick=${() => add("", "")}>Add row<//>
                        <${Button} kind="main" busy=${save.busy} disabled=${!changed} onClick=${() => run(save)}>Save<//>
                        ${changed && html`
                            <span class="quiet small">Unsaved changes. This tab keeps them until you save or discard them.</span>
                            <${Button} kind="tiny" onClick=${() => setRows(rowsOf(config.fieldMappings))}>Discard changes<//>`}
                    </div>`}
            </section>
            ${allowed && html`
                <section class="card" aria-label="Preview">
                    <h2>Preview</h2>
                    <form class="row end" onSubmit=${submit}>
                        <${TextField} label="Ticket" optional placeholder="Any" spellcheck=${false} value=${issueKey} onValue=${setIssueKey} />
                        <${Button} type="submit" busy=${look.busy}>Preview<//>
                    </form>
                    ${preview
                        ? html`<${Preview} preview=${preview} onAdd=${path => add("customFields." + nameOf(path), path)} />`
                        : html`<p class="quiet">Shows how a real ticket would be stored. Nothing is saved.</p>`}
                </section>`}
        </div>`;
}

/** A name for a custom field, from the last word of its path that is one. */
const nameOf = path => path.match(/([A-Za-z_]\w*)(?:\.(?:value|name|displayName))?[^A-Za-z_]*$/)?.[1] ?? "";
