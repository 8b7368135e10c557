// Keeps the rows of a list as they are in the database, while webhooks and syncs change them.

import { get } from "../../api.js";
import { useLive } from "../../live.js";
import { useFlashing } from "../../parts/flash.js";
import { announce } from "../../parts/messages.js";
import { useSoon } from "../../soon.js";
import { useRef, useState } from "../../view.js";
import { counted, fieldName, plain } from "../../words.js";

/** Where more tickets than these changed, the platform is asked for the list. */
const ONE_BY_ONE = 8;

const identify = ticket => ticket.id;
const content = ticket => ticket.contentHash + ticket.syncStatus;

/**
 * @param list  of useList
 * @param whole whether changes of tickets that are not shown reload the list (otherwise they are counted)
 * @returns {{flashing: Set, elsewhere: number, seen}} ids that have just changed; how many tickets have changed that
 *     are not shown; seen() forgets those
 */
export function useLiveRows(projectId, list, { whole = false } = {}) {
    const [elsewhere, setElsewhere] = useState(new Set());
    const waiting = useRef({ tickets: new Map(), all: false });
    const shown = useRef(list);
    shown.current = list;
    const soon = useSoon(bringIn);

    useLive(message => {
        if (message.type === "jira_update") {
            waiting.current.tickets.set(message.issueKey, message);
        } else if (message.type === "resync" || (message.type.startsWith("sync_") && message.type !== "sync_started" && message.source === "jira")) {
            waiting.current.all = true;
        } else {
            return;
        }
        soon();
    });

    async function bringIn() {
        const { tickets, all } = waiting.current;
        waiting.current = { tickets: new Map(), all: false };
        const rows = shown.current.data ?? [];
        const here = [...tickets.keys()].filter(key => rows.some(row => row.jiraKey === key));
        const others = [...tickets.keys()].filter(key => !here.includes(key));
        if (others.length > 0 && !whole) {
            setElsewhere(before => new Set([...before, ...others]));
        }
        if (all || (whole && others.length > 0) || here.length > ONE_BY_ONE) {
            await shown.current.reload();
        } else {
            await Promise.all(here.map(replace));
        }
        if (here.length > 0) {
            announce(spoken(here, tickets));
        }
    }

    async function replace(key) {
        try {
            const { data } = await get(`/api/projects/${projectId}/jira-tickets/${encodeURIComponent(key)}`);
            shown.current.change(rows => rows?.map(row => (row.id === data.id ? { ...row, ...data } : row)));
        } catch (gone) {
            if (gone.status === 404) {
                shown.current.change(rows => rows?.filter(row => row.jiraKey !== key));
            }
        }
    }

    return { flashing: useFlashing(list.data, identify, content), elsewhere: elsewhere.size, seen: () => setElsewhere(new Set()) };
}

function spoken(keys, messages) {
    if (keys.length > 1) {
        return `${counted(keys.length, "ticket")} of this list changed.`;
    }
    return `${keys[0]} changed. ${changeWords(messages.get(keys[0]).changes)}`;
}

/** "status: To Do → Done" */
export const changeWords = changes =>
    (changes ?? []).map(({ field, from, to }) => `${fieldName(field)}: ${plain(from)} → ${plain(to)}`).join(", ");
