import { post } from "../api.js";
import { useData } from "../data.js";
import { StateBadge } from "../parts/badge.js";
import { Button, useAction } from "../parts/button.js";
import { Dialog } from "../parts/dialog.js";
import { TextField, useForm } from "../parts/form.js";
import { say } from "../parts/messages.js";
import { Moment } from "../parts/moment.js";
import { Empty, ErrorNotice } from "../parts/notice.js";
import { PageHead } from "../parts/page-head.js";
import { loadProjects, projects } from "../projects.js";
import { go } from "../route.js";
import { may } from "../session.js";
import { useStore } from "../store.js";
import { html, useEffect, useState } from "../view.js";
import { healthState, integration } from "../words.js";

export function Projects() {
    const { list, error } = useStore(projects);
    const health = useData("/api/integrations/health", { every: 30_000 });
    const [creating, setCreating] = useState(false);
    const create = may("ADMIN") && html`<${Button} kind="main" onClick=${() => setCreating(true)}>New project<//>`;

    useEffect(() => {
        loadProjects();
    }, []);

    return html`
        <${PageHead} title="Projects" actions=${list?.length > 0 && create}>Each project has its own connections, tickets and repositories.<//>
        <div class="stack">
            <${ErrorNotice} error=${error} retry=${loadProjects} />
            ${list === null && !error && html`<p class="loading" role="status">Loading …</p>`}
            ${list?.length === 0 && html`
                <${Empty} title="No project yet" action=${create}>
                    ${may("ADMIN") ? "Create one, then connect it to Jira." : "Ask an administrator to create one."}
                <//>`}
            ${list?.length > 0 && html`
                <ul class="project-cards">
                    ${list.map(project => html`<${ProjectCard} key=${project.id} project=${project} health=${health.data} />`)}
                </ul>`}
        </div>
        ${creating && html`<${NewProject} onClose=${() => setCreating(false)} />`}`;
}

function ProjectCard({ project, health }) {
    const connections = health?.integrations.filter(one => one.projectId === project.id) ?? [];
    return html`
        <li class="card">
            <header>
                <h2><a href=${`#/projects/${project.id}`}>${project.name}</a></h2>
                <span class="tag mono">${project.key}</span>
            </header>
            <div class="row">
                ${connections.map(one => html`
                    <span class="row" key=${one.type}><span class="small">${integration(one.type)}</span>
                        <${StateBadge} state=${healthState(one.status)} title=${one.error} /></span>`)}
                ${health && connections.length === 0 && html`
                    <span class="quiet small">Not connected. <a href=${`#/projects/${project.id}/connections`}>Connect</a></span>`}
            </div>
            <span class="quiet small">Created <${Moment} at=${project.createdAt} /></span>
        </li>`;
}

function NewProject({ onClose }) {
    const form = useForm({ name: "", key: "" });
    const [problem, setProblem] = useState(null);
    const create = useAction(async () => {
        const name = form.values.name.trim();
        const key = form.values.key.trim();
        const wrong = {
            ...(!name && { name: "Enter a name." }),
            ...(!/^[A-Z][A-Z0-9]{1,9}$/.test(key) && { key: "Use two to ten capital letters or digits, starting with a letter." }),
        };
        if (form.reject(wrong)) {
            return;
        }
        try {
            const { data } = await post("/api/projects", { name, key });
            await loadProjects();
            say(`Project ${data.name} created.`);
            onClose();
            go(`/projects/${data.id}/connections`);
        } catch (failed) {
            setProblem(failed.status === 409 ? (form.reject({ key: failed.message }), null) : form.blame(failed));
        }
    });

    function submit(event) {
        event.preventDefault();
        create.run();
    }

    return html`
        <${Dialog} title="New project" onClose=${onClose}>
            <form class="form" ref=${form.form} onSubmit=${submit} novalidate>
                <${ErrorNotice} error=${problem} />
                <${TextField} label="Name" autofocus maxlength="200" ...${form.field("name")} />
                <${TextField} label="Key" look="" maxlength="10" hint="Capital letters and digits, such as SHOP. It may differ from the Jira project key."
                    ...${form.field("key")} />
                <div class="dialog-foot">
                    <${Button} onClick=${onClose}>Cancel<//>
                    <${Button} kind="main" type="submit" busy=${create.busy}>Create project<//>
                </div>
            </form>
        <//>`;
}
