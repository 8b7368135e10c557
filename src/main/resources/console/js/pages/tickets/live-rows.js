// Keeps the rows of a list as they are in the database, while webhooks and syncs change them.

import { get } from "../../api.js";
import { useLive } from "../../live.js";
import { FLASH } from "../../parts/flash.js";
import { announce } from "../../parts/messages.js";
import { useEffect, useRef, useState } from "../../view.js";
import { counted, plain } from "../../words.js";

/** Messages that come within this time are dealt with together, … */
const GATHER = 250;
/** … and when they are about more tickets than this, the list is loaded anew instead of each of them. */
const ONE_BY_ONE = 8;
/** A list that is loaded anew each time takes its time. */
const GATHER_WHOLE = 1000;

/**
 * @param list  of useList
 * @param whole whether tickets that are not shown make the list be loaded anew (else they are counted)
 * @returns {{flashing: Set, elsewhere: number, seen}} keys that have just changed; how many tickets have changed that
 *     are not shown; seen() forgets those
 */
export function useLiveRows(projectId, list, { whole = false } = {}) {
    const [flashing, setFlashing] = useState(new Set());
    const [elsewhere, setElsewhere] = useState(new Set());
    const waiting = useRef(new Map());
    const timer = useRef(null);
    const shown = useRef(list);
    shown.current = list;

    useEffect(() => () => clearTimeout(timer.current), []);

    useLive(message => {
        if (message.type === "resync") {
            list.reload();
        } else if (message.type === "jira_update") {
            waiting.current.set(message.issueKey, message);
            timer.current ??= setTimeout(bringIn, whole ? GATHER_WHOLE : GATHER);
        }
    });

    async function bringIn() {
        timer.current = null;
        const messages = waiting.current;
        waiting.current = new Map();
        const rows = shown.current.data ?? [];
        const here = [...messages.keys()].filter(key => rows.some(row => row.jiraKey === key));
        const others = [...messages.keys()].filter(key => !here.includes(key));
        if (others.length > 0 && !whole) {
            setElsewhere(before => new Set([...before, ...others]));
        }
        if (here.length === 0 && !whole) {
            return;
        }
        if (whole || here.length > ONE_BY_ONE) {
            await shown.current.reload();
        } else {
            await Promise.all(here.map(replace));
        }
        flash(whole ? [...messages.keys()] : here);
        if (here.length > 0) {
            announce(spoken(here, messages));
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

    function flash(keys) {
        setFlashing(before => new Set([...before, ...keys]));
        setTimeout(() => setFlashing(before => new Set([...before].filter(key => !keys.includes(key)))), FLASH);
    }

    return { flashing, elsewhere: elsewhere.size, seen: () => setElsewhere(new Set()) };
}

function spoken(keys, messages) {
    if (keys.length > 1) {
        return `${counted(keys.length, "ticket")} of this list changed.`;
    }
    return `${keys[0]} changed. ${changeWords(messages.get(keys[0]).changes)}`;
}

/** "status: To Do → Done" */
export const changeWords = changes =>
    (changes ?? []).map(({ field, from, to }) => `${field}: ${plain(from)} → ${plain(to)}`).join(", ");
