import { withQuery } from "../../api.js";
import { useList } from "../../data.js";
import { useFallback } from "../../live.js";
import { Button } from "../../parts/button.js";
import { ChosenFilter, clearFilters, FilterBox, useSince } from "../../parts/filters.js";
import { useFlashing } from "../../parts/flash.js";
import { announce } from "../../parts/messages.js";
import { Empty, Loaded } from "../../parts/notice.js";
import { Pager } from "../../parts/pager.js";
import { Table } from "../../parts/table.js";
import { refine, useRoute } from "../../route.js";
import { html, useEffect, useRef } from "../../view.js";
import { counted } from "../../words.js";
import { GitHubPage, NotConnected, useConnection } from "./page.js";
import { useTold } from "./told.js";

const SIZE = 50;

/**
 * A page that lists what a repository has of one kind.
 *
 * @param of  {page, lead?, one, many?, order, identify(row), columns({projectId, rows, repository(row)}), filters?: names,
 *     Filters?({query}), open?: the parameter of the address that opens a row's panel, key?(row): its value,
 *     Panel?({projectId, id, repository, row})}. Of the columns those that are wide leave when a panel is open.
 */
export function CodeList({ projectId, of }) {
    const { query } = useRoute();
    const names = ["repository", ...(of.filters ?? [])];
    const since = useSince(query.get("since"));
    const filters = Object.fromEntries(names.map(name => [name, name === "since" ? since : query.get(name)]));
    const list = useList(withQuery(`/api/projects/${projectId}/github-${of.page}`, { limit: SIZE, sort: query.get("sort"), ...filters }),
        { every: useFallback(30_000) });
    const flashing = useFlashing(list.data, of.identify, JSON.stringify);
    useEffect(() => {
        if (flashing.size > 0) {
            announce(`${counted(flashing.size, of.one, of.many)} of this list changed.`);
        }
    }, [flashing.size]);
    const repositories = useRepositories(list.data, query.get("repository"));
    useTold(list.reload, of.page);

    const id = of.open && query.get(of.open);
    const several = repositories.length > 1;
    const repository = row => (several ? row.repository : undefined);
    const current = row => of.open && of.key(row) === id && (!query.get("in") || query.get("in") === row.repository);
    const open = row => refine({ [of.open]: of.key(row), in: repository(row) }, { step: true });

    function columns(rows) {
        const all = of.columns({ projectId, rows, repository });
        const named = several ? [...all, { name: "Repository", wide: true, cell: row => row.repository }] : all;
        return named.filter(column => column && !(id && column.wide));
    }

    return html`
        <${GitHubPage} projectId=${projectId} page=${of.page} lead=${of.lead}>
            <div class=${"split" + (id ? " open" : "")}>
                <div class="stack">
                    ${(of.Filters || several) && html`
                        <${FilterBox} label=${of.many ?? of.one + "s"} query=${query} names=${names}>
                            ${of.Filters && html`<${of.Filters} query=${query} />`}
                            ${several && html`<${ChosenFilter} query=${query} name="repository" label="Repository"
                                options=${[["", "Any repository"], ...repositories.map(name => [name, name])]} />`}
                        <//>`}
                    <${Loaded} from=${list} missing=${html`<${NotCollected} of=${of} />`}>${rows => rows.length === 0
                        ? html`<${Nothing} projectId=${projectId} of=${of} filtered=${names.filter(name => query.get(name))} />`
                        : html`<div>
                            <${Table} caption=${of.many ?? of.one + "s"} columns=${columns(rows)} rows=${rows} busy=${list.loading}
                                identify=${of.identify} order=${{ sort: query.get("sort") ?? of.order, onSort: sort => refine({ sort }) }}
                                state=${row => ({ current: current(row), flash: flashing.has(of.identify(row)) })}
                                onOpen=${of.open && open} />
                            <${Pager} list=${list} size=${SIZE} one=${of.one} many=${of.many} />
                        </div>`}<//>
                </div>
                ${id && html`<${of.Panel} key=${id + query.get("in")} projectId=${projectId} id=${id} repository=${query.get("in")} row=${list.data?.find(current)} />`}
            </div>
        <//>`;
}

const NotCollected = ({ of }) => html`
    <${Empty} title=${`No ${of.many ?? of.one + "s"}`}>This platform does not collect ${of.many ?? of.one + "s"}.<//>`;

function Nothing({ projectId, of, filtered }) {
    const connection = useConnection(projectId);
    const many = of.many ?? of.one + "s";
    if (filtered.length > 0) {
        return html`
            <${Empty} title=${`No ${of.one} matches`} action=${html`<${Button} onClick=${() => clearFilters(filtered)}>Clear filters<//>`}>
                Change or clear the filters.<//>`;
    }
    return html`
        <${Loaded} from=${connection} missing=${html`<${NotConnected} projectId=${projectId} />`}>
            ${() => html`
                <${Empty} title=${`No ${of.one} yet`} action=${html`<a class="button" href=${`#/projects/${projectId}/syncs?source=github`}>Open syncs</a>`}>
                    The next sync collects the repository’s ${many}.<//>`}
        <//>`;
}

/** The repositories that have been seen on this page. */
function useRepositories(rows, chosen) {
    const known = useRef(new Set());
    for (const name of [chosen, ...(rows ?? []).map(row => row.repository)]) {
        if (name) {
            known.current.add(name);
        }
    }
    return [...known.current].sort();
}
