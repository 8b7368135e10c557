import { colours } from "../colours.js";
import { useStore } from "../store.js";
import { html, useEffect, useRef } from "../view.js";

/**
 * A chart of uPlot. Screen readers get the summary; a table nearby has the same figures.
 *
 * @param make  (palette, uPlot) → {options, data}; called again when the colours change
 */
export function Chart({ label, summary, height = 180, make, watch }) {
    const box = useRef(null);
    const theme = useStore(colours);

    useEffect(() => {
        let chart = null;
        let gone = false;
        const resize = new ResizeObserver(() => chart?.setSize({ width: box.current.clientWidth, height }));
        import("uplot").then(({ default: uPlot }) => {
            if (gone) {
                return;
            }
            const { options, data } = make(palette(), uPlot);
            chart = new uPlot({ ...options, width: box.current.clientWidth || 300, height }, data, box.current);
            resize.observe(box.current);
        });
        return () => {
            gone = true;
            resize.disconnect();
            chart?.destroy();
        };
    }, [theme, height, watch]);

    return html`
        <figure class="chart">
            <figcaption class="label">${label}</figcaption>
            <div ref=${box} role="img" aria-label=${label + ". " + summary}></div>
        </figure>`;
}

function palette() {
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue(name).trim();
    return {
        lines: [1, 2, 3, 4].map(number => colour("--chart-" + number)),
        text: colour("--text-quiet"),
        grid: colour("--chart-grid"),
        bad: colour("--bad"),
    };
}

/** An axis in the page's colours. */
export const axis = (palette, more) => ({
    stroke: palette.text,
    grid: { stroke: palette.grid, width: 1 },
    ticks: { stroke: palette.grid, width: 1, size: 4 },
    font: "11px system-ui, sans-serif",
    ...more,
});

export const bars = uPlot => uPlot.paths.bars({ size: [0.7, 28], align: 0 });

/** The bars that bear a word below them: no more than fit. */
export const ticks = (length, most) =>
    [...new Set(Array.from({ length: most }, (_, place) => Math.floor((length * (2 * place + 1)) / (2 * most))))];
