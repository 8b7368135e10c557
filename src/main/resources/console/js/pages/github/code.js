// What the analysis says of the code itself.

import { Tags } from "../../parts/badge.js";
import { FirstRows, useFirst } from "../../parts/first-rows.js";
import { Facts } from "../../parts/pairs.js";
import { html } from "../../view.js";
import { count, counted, percent, size } from "../../words.js";
import { Lines } from "./cells.js";
import { Section } from "./section.js";

const METHODS = { parsed: "parsed", estimated: "estimated", mixed: "parsed where a parser exists, otherwise estimated" };
const figure = (name, field, words = count) => ({
    name, field, end: true, cell: row => typeof row[field] === "number" && words(row[field]),
});
const path = { name: "File", kind: "grow bare", cell: row => html`<span class="mono wrap-anywhere">${row.path}</span>` };
const decimal = value => count(Math.round(value * 10) / 10);

/** Without the figures that no row has. */
const known = (columns, rows) => columns.filter(({ field }) => !field || rows.some(row => row[field] !== undefined));

/** A table that opens on demand, where there is anything in it. */
const More = ({ title, columns, rows, identify, open }) => rows?.length > 0 && html`
    <details open=${open || undefined}><summary>${title}</summary>
        <${FirstRows} caption=${title} columns=${known(columns, rows)} rows=${rows} identify=${identify} /></details>`;

const HOTSPOTS = [
    path,
    { name: "Language", cell: row => row.language },
    figure("Score", "score", value => count(Math.round(value))),
    figure("Complexity", "complexity", decimal),
    figure("Nesting", "nesting"),
    figure("Changes", "changes"),
    figure("Lines", "lines"),
    figure("Size", "bytes", size),
];

const BY_LANGUAGE = [
    { name: "Language", kind: "bare", cell: row => html`<strong>${row.language}</strong>` },
    { name: "Method", cell: row => html`<span title=${row.why}>${METHODS[row.method] ?? row.method}</span>` },
    figure("Files", "files"),
    figure("Files read", "filesRead"),
    figure("Lines", "lines"),
    figure("Functions", "functions"),
    figure("Average complexity", "averageComplexity", decimal),
    figure("Maximum complexity", "maxComplexity", decimal),
    figure("Maximum nesting", "maxNesting"),
];

export const Complexity = ({ of }) => of && html`
    <${Section} title="Complexity hotspots" why=${of.why ?? METHODS[of.method]}>
        ${of.hotspots?.length > 0
            ? html`<${FirstRows} caption="Complexity hotspots" columns=${known(HOTSPOTS, of.hotspots)} rows=${of.hotspots} identify=${row => row.path} />`
            : html`<p class="quiet">No hotspots.</p>`}
        <${More} title="By language" columns=${BY_LANGUAGE} rows=${of.byLanguage} identify=${row => row.language} />
    <//>`;

const UNTESTED = [path, figure("Size", "bytes", size)];

const BY_MODULE = [
    { name: "Module", kind: "bare", cell: row => html`<strong class="wrap-anywhere">${row.module || "(root)"}</strong>` },
    figure("Source files", "sourceFiles"),
    figure("Test files", "testFiles"),
    figure("With tests", "testedFiles"),
    { name: "Share", end: true, kind: "once", cell: row => html`<${Share} of=${row.estimatedPercent} name=${row.module} />` },
];

const Share = ({ of, name }) => typeof of === "number" && html`
    <span class="meter-line end"><meter min="0" max="100" value=${of} aria-label=${`Files with tests, ${name || "root"}`}></meter> <span class="number">${percent(of)}</span></span>`;

const TEST_METHODS = {
    naming: "Estimated from file names: a file counts as tested if a test has its name.",
    "naming-and-imports": "Estimated from file names and from the imports of the tests.",
};

export const TestEstimate = ({ of }) => of && html`
    <${Section} title="Tests (estimate)" why=${TEST_METHODS[of.method]}>
        <${Facts} of=${[
            ["Files with tests", html`<${Share} of=${of.estimatedPercent} name="all" />`],
            ["Source files", count(of.sourceFiles)],
            ["Test files", count(of.testFiles)],
            ["Test files per source file", typeof of.ratio === "number" && (Math.round(of.ratio * 100) / 100).toLocaleString()],
        ]} />
        <${More} title=${`Largest files without tests (${of.untested?.length})`} columns=${UNTESTED} rows=${of.untested} identify=${row => row.path} />
        ${of.byModule?.length > 1 && html`<${More} title="By module" columns=${BY_MODULE} rows=${of.byModule} identify=${row => row.module} />`}
    <//>`;

const OWNERS = [
    { name: "Author", kind: "bare", cell: row => html`<strong class="wrap-anywhere" dir="auto">${row.author}</strong>` },
    figure("Commits", "commits"),
    { name: "Lines", end: true, kind: "once", cell: row => html`<${Lines} ...${row} />` },
    { name: "Share", end: true, cell: row => percent(100 * row.share) },
];

export const Ownership = ({ of }) => of?.length > 0 && html`
    <${Section} title="Ownership" why="Commits and changed lines per author, without generated, vendored and recorded files.">
        <${FirstRows} caption="Ownership" columns=${OWNERS} rows=${of} identify=${row => row.author} />
    <//>`;

const WHO_ELSE = { generated: "generated", vendored: "vendored", recorded: "recorded" };

/** What nobody here has written, and is in none of the lists. */
const leftOut = of => {
    const parts = Object.entries(WHO_ELSE).filter(([kind]) => of?.[kind] > 0).map(([kind, word]) => `${count(of[kind])} ${word}`);
    return parts.length > 0 && `Without ${parts.join(", ")} files (${size(of.bytes ?? 0)}).`;
};

const LARGEST = [path, figure("Size", "bytes", size)];
const MOST_CHANGED = [
    path,
    figure("Commits", "commits"),
    figure("Authors", "authors"),
    { name: "Lines", end: true, kind: "once", cell: row => html`<${Lines} ...${row} />` },
];
const ROOTS = [path, figure("Files", "files"), figure("Size", "bytes", size)];

/** Which files and folders weigh most. */
export const Weight = ({ of }) => [of.mostChangedFiles, of.largestFiles, of.sourceRoots, of.testRoots].some(list => list?.length > 0) && html`
    <${Section} title="Files" why=${leftOut(of.leftOut)}>
        <${More} title="Most changed" columns=${MOST_CHANGED} rows=${of.mostChangedFiles} identify=${row => row.path} open />
        <${More} title="Largest" columns=${LARGEST} rows=${of.largestFiles} identify=${row => row.path} />
        <${More} title="Source folders" columns=${ROOTS} rows=${of.sourceRoots} identify=${row => row.path} />
        <${More} title="Test folders" columns=${ROOTS} rows=${of.testRoots} identify=${row => row.path} />
    <//>`;

const STYLES = { "multi-module": "Several modules", "single-module": "One module", monorepo: "Monorepo", unknown: "Unknown" };

/** What is not known is not none. */
const Unread = () => html`<span class="quiet" title="The build file was not read.">not read</span>`;

const MODULES = [
    { name: "Module", kind: "bare", cell: row => html`<strong class="wrap-anywhere">${row.name}</strong> ${row.version && html`<span class="quiet">${row.version}</span>`}` },
    { name: "Folder", cell: row => html`<span class="mono wrap-anywhere">${row.path || "/"}</span>` },
    { name: "Tool", cell: row => row.tool },
    { name: "Depends on", cell: row => (row.read === false ? html`<${Unread} />` : row.dependsOn?.length > 0 ? html`<${Tags} of=${row.dependsOn} most=${6} />` : html`<span class="quiet">no other module</span>`) },
    { name: "Libraries", end: true, kind: "once", cell: row => (row.read === false ? html`<${Unread} />` : html`<span title=${row.external?.join("\n")}>${count(row.externalCount ?? row.external?.length)}</span>`) },
];

export const Architecture = ({ of }) => of && html`
    <${Section} title="Architecture" why=${of.why}>
        <${Facts} of=${[
            ["Style", html`<strong>${STYLES[of.style] ?? of.style}</strong>`],
            ["Build tools", of.tools?.length > 0 && of.tools.join(", ")],
            ["Frameworks", of.frameworks?.length > 0 ? html`<${Tags} of=${of.frameworks.map(framework => framework.name)} />` : of.read === false && html`<${Unread} />`],
        ]} />
        ${of.modules?.length > 0 && html`<${FirstRows} caption="Modules" columns=${MODULES} rows=${of.modules} identify=${row => row.path + row.name} />`}
        ${of.modules?.length > 0 && html`<${Libraries} of=${of.modules.filter(module => module.external?.length > 0)} />`}
    <//>`;

/** What each module takes from outside, the first modules at once. */
function Libraries({ of }) {
    const [shown, more] = useFirst(of);
    return html`
        ${shown.map(module => html`
            <details key=${module.path + module.name}><summary>Libraries of ${module.name}: ${counted(module.externalCount ?? module.external.length, "dependency", "dependencies")}</summary>
                <ul class="libraries mono">${module.external.map(one => html`<li key=${one} class="wrap-anywhere">${one}</li>`)}</ul></details>`)}
        ${more}`;
}
