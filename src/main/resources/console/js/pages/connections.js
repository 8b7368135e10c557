import { PageHead } from "../parts/page-head.js";
import { html } from "../view.js";
import { GitHubConnection } from "./connections/github.js";
import { JiraConnection } from "./connections/jira.js";
import { FileSources } from "./connections/sources.js";

export const Connections = ({ projectId }) => html`
    <${PageHead} title="Connections">The systems that this project syncs with.<//>
    <div class="columns">
        <${JiraConnection} projectId=${projectId} />
        <${GitHubConnection} projectId=${projectId} />
        <${FileSources} projectId=${projectId} />
    </div>`;
