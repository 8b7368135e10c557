import { Moment } from "../../parts/moment.js";
import { Facts } from "../../parts/pairs.js";
import { html } from "../../view.js";
import { count, percent, size } from "../../words.js";
import { short } from "./cells.js";
import { Section, signed } from "./section.js";

const names = list => list?.length > 0 && list.join(", ");
const some = (value, words = count) => typeof value === "number" && words(value);

/** What differs from the analysis before. */
export const Changes = ({ of }) => html`
    <${Section} title="Changes since the previous analysis" why=${html`Compared with <${Moment} at=${of.since} />${of.fromSha && html`, commit <span class="mono">${short(of.fromSha)}</span>`}.`}>
        <${Facts} of=${[
            ["Commits", some(of.commits)],
            ["Pull requests merged", some(of.pullsMerged)],
            ["Files", [[of.filesAdded, "added"], [of.filesModified, "changed"], [of.filesRemoved, "removed"]]
                .filter(([value]) => value > 0).map(([value, word]) => `${count(value)} ${word}`).join(", ") || "none"],
            ["Size", of.bytesDelta ? signed(of.bytesDelta, size) : of.bytesDelta === 0 && "unchanged"],
            ["Files with tests", of.coveragePercentDelta ? signed(of.coveragePercentDelta, percent) : of.coveragePercentDelta === 0 && "unchanged"],
            ["New authors", names(of.newAuthors)],
            ["Languages added", names(of.languagesAdded)],
            ["Languages removed", names(of.languagesRemoved)],
        ]} />
    <//>`;
