import { useData } from "../../data.js";
import { Empty } from "../../parts/notice.js";
import { PageHead } from "../../parts/page-head.js";
import { Tabs } from "../../parts/tabs.js";
import { projects } from "../../projects.js";
import { address } from "../../route.js";
import { useStore } from "../../store.js";
import { html } from "../../view.js";

const PAGES = [
    ["", "Overview"], ["commits", "Commits"], ["pulls", "Pull requests"], ["branches", "Branches"], ["tags", "Tags"], ["releases", "Releases"],
    ["issues", "Issues"], ["workflow-runs", "Workflow runs"], ["deployments", "Deployments"], ["links", "Links"],
];

/** An address among the pages of a project's repository; page: commits, pulls, … */
export const pageAddress = (projectId, page, parameters) =>
    address(`/projects/${projectId}/github${page && "/" + page}`, parameters);

export const ticketAddress = (projectId, key) => address(`/projects/${projectId}/tickets`, { ticket: key });

/** What the pages of a repository have in common. page: which one it is */
export const GitHubPage = ({ projectId, page, lead, actions, children }) => {
    const { list } = useStore(projects);
    if (list !== null && !list.some(project => project.id === projectId)) {
        return html`<${PageHead} title="Project not found"><a href="#/">All projects</a><//>`;
    }
    const [, text] = PAGES.find(([name]) => name === page);
    return html`
        <${PageHead} title=${page === "" ? "GitHub" : text} actions=${actions}>${lead}<//>
        <${Tabs} label="GitHub" of=${PAGES.map(([name, words]) => ({ text: words, href: pageAddress(projectId, name), current: name === page }))} />
        ${children}`;
};

export const useConnection = projectId => useData(`/api/projects/${projectId}/github-config`);

export const NotConnected = ({ projectId }) => html`
    <${Empty} title="No repository connected" action=${html`<a class="button" href=${`#/projects/${projectId}/connections`}>Open connections</a>`}>
        Connect the project to a repository. The first sync then collects commits, pull requests and the rest.
    <//>`;
