import { Tile } from "../../parts/tiles.js";
import { duration } from "../../time.js";
import { html } from "../../view.js";
import { count, counted, percent, size } from "../../words.js";
import { pageAddress } from "./page.js";
import { inMilliseconds } from "./section.js";

const known = value => value !== undefined && value !== null;

/** The figures of the analysis that one looks for first. */
export function AnalysisTiles({ projectId, structure, analysis }) {
    const { activity = {}, testCoverage, branching } = analysis;
    const { pulls, releases } = activity;
    return html`
        <div class="tiles">
            ${known(structure.files) && html`<${Tile} name="Files" value=${count(structure.files)}
                note=${structure.truncated ? "incomplete: GitHub truncated the list" : known(structure.directories) && counted(structure.directories, "folder")} />`}
            ${structure.modules && html`<${Tile} name="Modules" value=${count(structure.modules.length)} />`}
            ${known(structure.bytes) && html`<${Tile} name="Size" value=${size(structure.bytes)} />`}
            ${known(activity.commitsLast30Days) && html`<${Tile} name="Commits in 30 days" value=${count(activity.commitsLast30Days)} href=${pageAddress(projectId, "commits")}
                note=${known(activity.activeAuthors30Days) && `by ${counted(activity.activeAuthors30Days, "author")}`} />`}
            ${pulls && html`<${Tile} name="Open pull requests" value=${count(pulls.open)} href=${pageAddress(projectId, "pulls", { state: "open" })}
                note=${known(pulls.medianLeadTimeHours) && `median lead time ${duration(inMilliseconds(pulls.medianLeadTimeHours))}`} />`}
            ${known(branching?.branches) && html`<${Tile} name="Branches" value=${count(branching.branches)} href=${pageAddress(projectId, "branches")}
                note=${known(branching.stale) && `${count(branching.stale)} stale`} />`}
            ${releases && html`<${Tile} name="Releases" value=${count(releases.count)} href=${pageAddress(projectId, "releases")} note=${releases.lastTag && `latest ${releases.lastTag}`} />`}
            ${known(testCoverage?.estimatedPercent) && html`<${Tile} name="Files with tests" value=${percent(testCoverage.estimatedPercent)} note="estimate" />`}
        </div>`;
}
