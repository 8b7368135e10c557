import { axis, bars, Chart, ticks } from "../../parts/chart.js";
import { duration, shortly } from "../../time.js";
import { html, useMemo } from "../../view.js";
import { counted } from "../../words.js";

/** How long the syncs took, and what they brought: one bar each, oldest first. of: the source's words and figures */
export function SyncCharts({ syncs, of }) {
    const ended = useMemo(() => syncs.filter(sync => sync.status !== "running").reverse(), [syncs]);
    if (ended.length < 2) {
        return null;
    }
    const key = ended.map(sync => sync.id).join();
    const slowest = Math.max(...ended.map(sync => sync.durationMs ?? 0));
    const brought = ended.map(of.figures).reduce((sum, { created, updated }) => sum + created + updated, 0);
    return html`
        <div class="columns">
            <${Chart} label="Duration per sync" watch=${key} height=${170}
                summary=${`${counted(ended.length, "sync")}; the slowest took ${duration(slowest)}. The table below has every figure.`}
                make=${(palette, uPlot) => durations(ended, palette, uPlot)} />
            <${Chart} label=${`${of.Things} created, updated and deleted`} watch=${key} height=${170}
                summary=${`${counted(brought, of.thing)} created or updated in ${counted(ended.length, "sync")}. The table below has every figure.`}
                make=${(palette, uPlot) => counts(ended, of, palette, uPlot)} />
        </div>`;
}

function frame(syncs, palette, values) {
    return {
        legend: { live: true },
        cursor: { y: false, points: { show: false } },
        scales: { x: { time: false, range: [-0.6, syncs.length - 0.4] }, y: { range: (_, min, max) => [0, max > 0 ? max * 1.1 : 1] } },
        axes: [
            axis(palette, {
                splits: chart => ticks(syncs.length, chart.width < 420 ? 2 : 3),
                values: (_, places) => places.map(place => (syncs[place] ? shortly(Date.parse(syncs[place].startedAt)) : "")),
                grid: { show: false },
                size: 28,
            }),
            axis(palette, { size: 62, ...values }),
        ],
    };
}

const started = syncs => ({
    label: "Started",
    value: (_, place) => (syncs[place] ? shortly(Date.parse(syncs[place].startedAt)) : "–"),
});

function durations(syncs, palette, uPlot) {
    const good = syncs.map(sync => (sync.status === "failed" ? null : sync.durationMs));
    const failed = syncs.map(sync => (sync.status === "failed" ? sync.durationMs : null));
    const series = (label, colour) => ({
        label, fill: colour, stroke: colour, width: 0, paths: bars(uPlot), points: { show: false },
        value: (_, value) => (value === null || value === undefined ? "–" : duration(value)),
    });
    return {
        options: {
            ...frame(syncs, palette, { values: (_, values) => values.map(duration) }),
            series: [started(syncs), series("Duration", palette.lines[0]), series("Duration until failure", palette.bad)],
        },
        data: [syncs.map((_, place) => place), good, failed],
    };
}

function counts(syncs, of, palette, uPlot) {
    const parts = [
        ["Created", sync => of.figures(sync).created, palette.lines[1]],
        ["Updated", sync => of.figures(sync).updated, palette.lines[0]],
        ["Deleted", sync => of.figures(sync).deleted, palette.lines[3]],
    ];
    // Stacked by hand: the whole first, what stands below is painted over it.
    const sums = parts.map((_, part) =>
        syncs.map(sync => parts.slice(0, part + 1).reduce((sum, [, figure]) => sum + figure(sync), 0)));
    const series = parts.map(([label, figure, colour]) => ({
        label, fill: colour, stroke: colour, width: 0, paths: bars(uPlot), points: { show: false },
        value: (_, __, ___, place) => (place === null || !syncs[place] ? "–" : String(figure(syncs[place]))),
    }));
    return {
        options: { ...frame(syncs, palette, {}), series: [started(syncs), ...series.reverse()] },
        data: [syncs.map((_, place) => place), ...sums.reverse()],
    };
}
