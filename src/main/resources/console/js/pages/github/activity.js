import { axis, bars, Chart, ticks } from "../../parts/chart.js";
import { Moment } from "../../parts/moment.js";
import { Facts } from "../../parts/pairs.js";
import { FirstRows } from "../../parts/first-rows.js";
import { duration } from "../../time.js";
import { html, useMemo } from "../../view.js";
import { count, counted } from "../../words.js";
import { Lines } from "./cells.js";
import { pageAddress } from "./page.js";
import { inMilliseconds, Section } from "./section.js";

const date = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" });
const monday = week => date.format(Date.parse(week));

/** Weeks as the analysis counts them: they begin on Monday, in UTC. */
export function Activity({ of }) {
    const weeks = useMemo(() => [...(of?.weeks ?? [])].sort((one, other) => one.week.localeCompare(other.week)), [of]);
    if (weeks.length === 0) {
        return null;
    }
    const commits = weeks.reduce((sum, week) => sum + week.commits, 0);
    return html`
        <${Section} title="Activity" why=${html`${counted(of.commits, "commit")} in total${of.lastCommitAt && html`, the latest <${Moment} at=${of.lastCommitAt} />`}.
            ${" "}${typeof of.activeAuthors90Days === "number" && `${counted(of.activeAuthors90Days, "author")} in the last 90 days.`}`}>
            ${commits === 0 ? html`<p class="quiet">No commits in the last ${counted(weeks.length, "week")}.</p>` : html`<${Chart} label="Commits and authors per week" height=${190} watch=${JSON.stringify(weeks)}
                summary=${`${counted(commits, "commit")} in ${counted(weeks.length, "week")}. The table below has every figure.`}
                make=${(palette, uPlot) => chart(weeks, palette, uPlot)} />
            <details><summary>All weeks</summary>
                <${FirstRows} caption="Activity per week" columns=${WEEKS} rows=${[...weeks].reverse()} identify=${week => week.week} /></details>`}
        <//>`;
}

const WEEKS = [
    { name: "Week of", kind: "once bare", cell: week => html`<strong>${monday(week.week)}</strong>` },
    { name: "Commits", end: true, cell: week => count(week.commits) },
    { name: "Authors", end: true, cell: week => count(week.authors) },
    { name: "Lines", end: true, kind: "once", cell: week => html`<${Lines} ...${week} />` },
];

function chart(weeks, palette, uPlot) {
    const upTo = (_, min, max) => [0, max > 0 ? max * 1.1 : 1];
    const whole = (_, values) => values.map(value => (Number.isInteger(value) ? count(value) : ""));
    const place = { label: "Week of", value: (_, index) => (weeks[index] ? monday(weeks[index].week) : "–") };
    const value = (_, number) => (number === null || number === undefined ? "–" : count(number));
    return {
        options: {
            legend: { live: true },
            cursor: { y: false, points: { show: false } },
            scales: { x: { time: false, range: [-0.6, weeks.length - 0.4] }, y: { range: upTo }, authors: { range: upTo } },
            axes: [
                axis(palette, {
                    splits: drawn => ticks(weeks.length, drawn.width < 420 ? 3 : 7),
                    values: (_, places) => places.map(index => (weeks[index] ? monday(weeks[index].week) : "")),
                    grid: { show: false }, size: 28,
                }),
                axis(palette, { size: 46, values: whole }),
                axis(palette, { size: 40, side: 1, scale: "authors", grid: { show: false }, values: whole }),
            ],
            series: [
                place,
                { label: "Commits", fill: palette.lines[0], stroke: palette.lines[0], width: 0, paths: bars(uPlot), points: { show: false }, value },
                { label: "Authors", scale: "authors", stroke: palette.lines[2], width: 2, points: { show: true, size: 5 }, value },
            ],
        },
        data: [weeks.map((_, index) => index), weeks.map(week => week.commits), weeks.map(week => week.authors)],
    };
}

const lasting = hours => typeof hours === "number" && duration(inMilliseconds(hours));

export const PullFigures = ({ projectId, of }) => of && html`
    <${Section} title="Pull requests" more=${html`<a class="small" href=${pageAddress(projectId, "pulls")}>All pull requests</a>`}>
        <${Facts} of=${[
            ["Open", count(of.open)],
            ["Merged", count(of.merged)],
            ["Closed unmerged", count(of.closedUnmerged)],
            ["Median lead time", lasting(of.medianLeadTimeHours)],
            ["Lead time, 90th percentile", lasting(of.p90LeadTimeHours)],
            ["Median time to first review", lasting(of.medianReviewHours)],
        ]} />
    <//>`;

export const ReleaseFigures = ({ projectId, of }) => of && html`
    <${Section} title="Releases" more=${html`<a class="small" href=${pageAddress(projectId, "releases")}>All releases</a>`}>
        <${Facts} of=${[
            ["Releases", count(of.count)],
            ["Latest", of.lastTag && html`<span class="mono wrap-anywhere">${of.lastTag}</span>`],
            ["Published", of.lastPublishedAt && html`<${Moment} at=${of.lastPublishedAt} />`],
            ["Median time between releases", typeof of.medianDaysBetween === "number" && counted(Math.round(of.medianDaysBetween * 10) / 10, "day")],
        ]} />
    <//>`;
