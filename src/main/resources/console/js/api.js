// Requests to the platform. An answer that is no success becomes a Problem, with words for people.

import { end, session } from "./session.js";

export class Problem extends Error {
    /** errors: [{field, message}] for what was wrong in what was sent; body: the answer as it came. */
    constructor({ status, detail, title, errors, retryAfter, body }) {
        super(detail || title || "Something went wrong.");
        Object.assign(this, { status, title, errors: errors ?? [], retryAfter, body });
    }
}

const UNREACHABLE = "The platform is unreachable. Check your network and whether the platform is running.";
const ENDED = "Your session is no longer valid. Sign in again.";

/**
 * Sends a request.
 *
 * @returns {Promise<{status, data, total, estimated, next}>} total, estimated and next are of lists: the number of
 *     matches, whether it is an estimate, and the address of the next page
 */
export async function call(method, path, { body, signal, token = session.get().token } = {}) {
    const headers = { Accept: "application/json, application/problem+json" };
    if (token) {
        headers.Authorization = "Bearer " + token;
    }
    if (body !== undefined) {
        headers["Content-Type"] = "application/json";
    }
    let answer;
    let text;
    try {
        answer = await fetch(path, { method, headers, signal, body: body === undefined ? undefined : JSON.stringify(body) });
        text = await answer.text();
    } catch (failed) {
        if (failed.name === "AbortError") {
            throw failed;
        }
        throw new Problem({ status: 0, detail: UNREACHABLE });
    }
    const data = parsed(text);
    if (answer.ok) {
        const total = answer.headers.get("X-Total-Count");
        return {
            status: answer.status,
            data,
            total: total === null ? null : Number(total),
            estimated: answer.headers.get("X-Total-Count-Estimate") === "true",
            next: nextPage(answer),
        };
    }
    if (answer.status === 401 && token && token === session.get().token) {
        end(ENDED);
    }
    throw problem(answer, data);
}

export const get = (path, options) => call("GET", path, options);
export const post = (path, body, options) => call("POST", path, { body, ...options });
export const patch = (path, body, options) => call("PATCH", path, { body, ...options });
export const remove = (path, options) => call("DELETE", path, options);

/** A path with its parameters; those that are empty are left out. */
export function withQuery(path, parameters) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(parameters)) {
        for (const one of [value].flat()) {
            if (one !== undefined && one !== null && one !== "") {
                query.append(name, one);
            }
        }
    }
    const text = query.toString();
    return text ? path + "?" + text : path;
}

/** The bytes of an answer, for a file to keep. */
export async function download(path, name) {
    const answer = await fetch(path, { headers: { Authorization: "Bearer " + session.get().token } });
    if (!answer.ok) {
        throw problem(answer, parsed(await answer.text()));
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
}

function problem(answer, data) {
    const retryAfter = Number(answer.headers.get("Retry-After")) || null;
    const said = data && typeof data === "object" ? data : {};
    return new Problem({ ...said, status: answer.status, detail: said.detail || words(answer.status), retryAfter, body: said });
}

function words(status) {
    switch (status) {
        case 401:
            return "This token is unknown or has expired.";
        case 403:
            return "Your role does not permit this.";
        case 404:
            return "Not found.";
        case 429:
            return "Too many requests. Try again in a minute.";
        case 503:
            return "The platform is temporarily unavailable.";
        default:
            return `The platform answered with ${status}.`;
    }
}

function parsed(text) {
    try {
        return text ? JSON.parse(text) : null;
    } catch {
        return null;
    }
}

/** RFC 8288: <address>; rel="next" */
function nextPage(answer) {
    const links = answer.headers.get("Link") ?? "";
    return links.match(/<([^>]*)>\s*;[^,]*rel="?next"?/)?.[1] ?? null;
}
