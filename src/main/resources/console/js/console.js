// Signed in or not; and which page an address means.

import { get } from "./api.js";
import { Frame } from "./frame.js";
import { AuditLog } from "./pages/audit-log.js";
import { Connections } from "./pages/connections.js";
import { GitHub } from "./pages/github.js";
import { Branches } from "./pages/github/branches.js";
import { Commits } from "./pages/github/commits.js";
import { Links } from "./pages/github/links.js";
import { Deployments, Issues, Releases, Tags, WorkflowRuns } from "./pages/github/others.js";
import { Pulls } from "./pages/github/pulls.js";
import { Health } from "./pages/health.js";
import { Mapping } from "./pages/mapping.js";
import { Nowhere } from "./pages/nowhere.js";
import { Overview } from "./pages/overview.js";
import { Projects } from "./pages/projects.js";
import { SignIn } from "./pages/sign-in.js";
import { SourceItems } from "./pages/source.js";
import { Syncs } from "./pages/syncs.js";
import { Tickets } from "./pages/tickets.js";
import { Webhooks } from "./pages/webhooks.js";
import { ErrorNotice } from "./parts/notice.js";
import { Messages } from "./parts/messages.js";
import { useRoute } from "./route.js";
import { begin, session } from "./session.js";
import { loadSources, sources } from "./sources.js";
import { useStore } from "./store.js";
import { html, useCallback, useEffect, useState } from "./view.js";

const OF_PROJECT = {
    "": Overview, tickets: Tickets, syncs: Syncs, mapping: Mapping, connections: Connections,
    github: GitHub, "github/commits": Commits, "github/pulls": Pulls, "github/branches": Branches, "github/tags": Tags,
    "github/releases": Releases, "github/issues": Issues, "github/workflow-runs": WorkflowRuns, "github/deployments": Deployments, "github/links": Links,
};
const PAGES = { "/": Projects, "/webhooks": Webhooks, "/health": Health, "/audit-log": AuditLog };

export function Console() {
    const { token, me } = useStore(session);
    return html`
        ${token === null ? html`<${SignIn} />` : me === null ? html`<${Return} token=${token} />` : html`<${Inside} />`}
        <${Messages} />`;
}

/** A tab that was signed in before: who was it? */
function Return({ token }) {
    const [error, setError] = useState(null);
    const ask = useCallback(async () => {
        setError(null);
        try {
            const { data } = await get("/api/me");
            begin(token, data);
        } catch (failed) {
            setError(failed);
        }
    }, [token]);
    useEffect(() => {
        ask();
    }, [ask]);
    return html`
        <main class="sign-in">
            ${error ? html`<${ErrorNotice} error=${error} retry=${ask} />` : html`<p class="loading" role="status">Loading …</p>`}
        </main>`;
}

function Inside() {
    const { path } = useRoute();
    // Pages name sources by their titles.
    useStore(sources);
    useEffect(() => {
        loadSources();
    }, []);
    const [, id, part = ""] = path.match(/^\/projects\/(\d+)(?:\/([a-z-]*(?:\/[a-z0-9-]+)?))?$/) ?? [];
    const projectId = id ? Number(id) : null;
    const source = part.match(/^sources\/(.+)$/)?.[1];
    const Page = (source ? SourceItems : id ? OF_PROJECT[part] : PAGES[path]) ?? Nowhere;
    return html`
        <${Frame} path=${path} projectId=${projectId}>
            <${Page} key=${path} projectId=${projectId} source=${source} />
        <//>`;
}
