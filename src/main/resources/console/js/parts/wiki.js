// Jira's wiki markup as a page shows it. What is not markup stays text, and links only lead to the web.

import { html } from "../view.js";
import { webAddress } from "../words.js";
import { Outside } from "./outside.js";

const FENCE = /^\s*\{(code|noformat)(?::[^}]*)?\}/;
const HEADING = /^\s*h([1-6])\.\s+(.*)$/;
const ITEM = /^\s*([*#-]+)\s+(.*)$/;
const QUOTE = /^\s*bq\.\s+(.*)$/;
const RULE = /^\s*-{4,}\s*$/;
const ROW = /^\s*\|(.*)\|\s*$/;
/** Frames that only colour or box their content. */
const FRAME = /\{(?:color|panel|quote|anchor|info|note|warning|tip|expand)(?::[^}]*)?\}/g;

/** A description or comment. text: as Jira's API gives it on both deployments */
export const Wiki = ({ text }) => html`<div class="wiki" dir="auto">${blocks(String(text ?? "").replace(/\r\n?/g, "\n").split("\n"))}</div>`;

function blocks(lines) {
    const found = [];
    let paragraph = [];
    const end = () => {
        if (paragraph.length > 0) {
            found.push(html`<p>${paragraph.map((line, place) => html`${place > 0 && html`<br />`}${inline(line)}`)}</p>`);
            paragraph = [];
        }
    };
    for (let at = 0; at < lines.length; at++) {
        const line = lines[at];
        const fence = line.match(FENCE);
        if (fence) {
            end();
            const [code, last] = fenced(lines, at, fence);
            found.push(html`<pre tabindex="0"><code>${code}</code></pre>`);
            at = last;
            continue;
        }
        const bare = line.replace(FRAME, "");
        const run = pattern => {
            const members = [];
            while (at < lines.length && pattern.test(lines[at])) {
                members.push(lines[at++].replace(FRAME, "").match(pattern));
            }
            at--;
            return members;
        };
        if (HEADING.test(bare)) {
            end();
            found.push(html`<p class="wiki-heading">${inline(bare.match(HEADING)[2])}</p>`);
        } else if (ITEM.test(bare)) {
            end();
            found.push(html`<ul>${run(ITEM).map(([, marks, words]) => html`
                <li class=${"depth-" + Math.min(marks.length, 4) + (marks.endsWith("#") ? " numbered" : "")}>${inline(words)}</li>`)}</ul>`);
        } else if (ROW.test(bare)) {
            end();
            found.push(table(run(ROW)));
        } else if (QUOTE.test(bare)) {
            end();
            found.push(html`<blockquote>${inline(bare.match(QUOTE)[1])}</blockquote>`);
        } else if (RULE.test(bare)) {
            end();
            found.push(html`<hr />`);
        } else if (!bare.trim()) {
            end();
        } else {
            paragraph.push(bare);
        }
    }
    end();
    return found;
}

/** [the text within, the line that it ends in]. One that never ends goes to the end of the text. */
function fenced(lines, begin, [opening, name]) {
    const closing = `{${name}}`;
    const code = [];
    for (let at = begin; at < lines.length; at++) {
        const line = at === begin ? lines[at].slice(lines[at].indexOf(opening.trim()) + opening.trim().length) : lines[at];
        const close = line.indexOf(closing);
        if (close >= 0) {
            code.push(line.slice(0, close));
            return [code.join("\n").replace(/^\n|\n$/g, ""), at];
        }
        code.push(line);
    }
    return [code.join("\n").replace(/^\n/, ""), lines.length];
}

const table = rows => html`
    <div class="table-box"><table><tbody>
        ${rows.map(([, cells]) => html`<tr>${cells.split(/\|{1,2}/).filter((cell, place) => place > 0 || cell.trim()).map(cell => html`<td>${inline(cell.trim())}</td>`)}</tr>`)}
    </tbody></table></div>`;

/** Nobody formats by hand within longer lines, and looking for marks in them takes its time. */
const LONGEST_LINE = 4000;

const INLINE = [
    [/\{\{(.+?)\}\}/, ([, words]) => html`<code>${words}</code>`],
    [/\[([^\]|\n]+)\|([^\]\n]+)\]/, ([, words, target]) => link(target, words)],
    [/\[((?:https?:\/\/|mailto:)[^\]\s]+)\]/, ([, target]) => link(target, target)],
    [/\[~([^\]\n]+)\]/, ([, name]) => html`<span>@${name.replace(/^accountid:/, "")}</span>`],
    [/!([^!\s|][^!|\n]*)(?:\|[^!\n]*)?!/, ([, name]) => html`<span class="quiet">image ${name}</span>`],
    [/(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])/, ([, words]) => html`<strong>${inline(words)}</strong>`],
    [/(?<![\w_])_(\S(?:[^_\n]*\S)?)_(?![\w_])/, ([, words]) => html`<em>${inline(words)}</em>`],
    [/(?<![\w-])-(\S(?:[^-\n]*\S)?)-(?![\w-])/, ([, words]) => html`<del>${inline(words)}</del>`],
    [/https?:\/\/[^\s|\]<>"]+/, ([target]) => link(target, target)],
];

function link(target, words) {
    const to = webAddress(target.split("|")[0]);
    return to ? html`<${Outside} to=${to}>${words}<//>` : html`<span>${words}</span>`;
}

/** The first mark of all, what stands before it and what follows. */
function inline(text) {
    if (text.length > LONGEST_LINE) {
        return text;
    }
    let first = null;
    for (const [pattern, make] of INLINE) {
        const match = text.match(pattern);
        if (match && (!first || match.index < first.match.index)) {
            first = { match, make };
        }
    }
    if (!first) {
        return text;
    }
    const { match, make } = first;
    return html`${text.slice(0, match.index)}${make(match)}${inline(text.slice(match.index + match[0].length))}`;
}
