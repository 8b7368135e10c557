import { axis, Chart } from "../../parts/chart.js";
import { duration, shortly, timeOfDay } from "../../time.js";
import { html } from "../../view.js";

/** Latency and uptime of a connection over time. history: [{at, latencyMs?, uptimePercent, probes}], oldest first */
export function HealthCharts({ history, name }) {
    const key = history.length + (history[history.length - 1]?.at ?? "");
    const latencies = history.map(one => one.latencyMs).filter(value => value !== undefined && value !== null);
    const worst = Math.min(...history.map(one => one.uptimePercent));
    return html`
        <${Chart} label="Latency" watch=${key} height=${130}
            summary=${latencies.length > 0
                ? `${name}: between ${duration(Math.min(...latencies))} and ${duration(Math.max(...latencies))}.`
                : `${name}: no answer in this period.`}
            make=${palette => latency(history, palette)} />
        <${Chart} label="Uptime" watch=${key} height=${110}
            summary=${`${name}: ${worst === 100 ? "always up" : `at worst ${worst} %`}.`}
            make=${(palette, uPlot) => uptime(history, palette, uPlot)} />`;
}

const times = history => history.map(one => Date.parse(one.at) / 1000);
const at = { label: "At", value: (_, seconds) => (seconds ? shortly(seconds * 1000) : "–") };

function frame(palette, values, range) {
    return {
        cursor: { y: false, points: { size: 6 } },
        scales: { y: { range } },
        axes: [
            axis(palette, { values: (_, seconds) => seconds.map(second => timeOfDay(second * 1000).replace(/:\d\d(?=\D*$)/, "")), space: 70, size: 28 }),
            axis(palette, { size: 58, space: 28, values: (_, all) => all.map(values) }),
        ],
    };
}

const latency = (history, palette) => ({
    options: {
        ...frame(palette, duration, (_, min, max) => [0, max > 0 ? max * 1.15 : 100]),
        series: [at, {
            label: "Latency", stroke: palette.lines[0], fill: palette.lines[0] + "22", width: 1.5, points: { show: false },
            value: (_, value, __, place) => (place === null ? "–" : value === null ? "no answer" : duration(value)),
        }],
    },
    data: [times(history), history.map(one => one.latencyMs ?? null)],
});

const uptime = (history, palette, uPlot) => ({
    options: {
        ...frame(palette, value => value + " %", [0, 105]),
        series: [at, {
            label: "Uptime", stroke: palette.lines[1], fill: palette.lines[1] + "22", width: 1.5, points: { show: false },
            paths: uPlot.paths.stepped({ align: 1 }),
            value: (_, value) => (value === null || value === undefined ? "–" : value + " %"),
        }],
    },
    data: [times(history), history.map(one => one.uptimePercent)],
});
