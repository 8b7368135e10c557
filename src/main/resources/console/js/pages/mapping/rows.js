// The rows of the editor, and what the platform says about them.

export const TARGETS = [
    "assignee", "assigneeId", "components", "createdDate", "description", "issueType", "labels", "priority", "reporter",
    "reporterId", "status", "summary", "updatedDate",
];

let last = 0;
export const newRow = (target = "", expression = "") => ({ id: ++last, target, expression });

export const rowsOf = mappings => Object.entries(mappings ?? {}).map(([target, expression]) => newRow(target, expression));

export const mappingsOf = rows => Object.fromEntries(rows.map(({ target, expression }) => [target.trim(), expression.trim()]));

/** What makes the rows of what is stored, as a JSON Merge Patch: the rows, and null for a target that has none any more. */
export const changesOf = (stored, rows) =>
    ({ ...Object.fromEntries(Object.keys(stored ?? {}).map(target => [target, null])), ...mappingsOf(rows) });

/** What can be seen without the platform: {row id: error}. */
export function wrongRows(rows) {
    const wrong = {};
    const seen = new Set();
    for (const { id, target, expression } of rows) {
        const name = target.trim();
        if (!name) {
            wrong[id] = { onTarget: true, message: "Enter a ticket field, or customFields.NAME." };
        } else if (seen.has(name)) {
            wrong[id] = { onTarget: true, message: "Another row has this target." };
        } else if (!expression.trim()) {
            wrong[id] = { message: "Enter an expression." };
        }
        seen.add(name);
    }
    return wrong;
}

/** The errors of a Problem at their rows: {byRow: {row id: error}, rest: [message]}. */
export function placed(problem, rows) {
    const byRow = {};
    const rest = [];
    for (const { field, message } of problem.errors) {
        const target = field.startsWith("fieldMappings.") ? field.slice("fieldMappings.".length) : null;
        const row = rows.find(one => one.target.trim() === target);
        if (row) {
            byRow[row.id] = errorOf(message);
        } else {
            rest.push(`${field}: ${message}`);
        }
    }
    return { byRow, rest: problem.errors.length > 0 ? rest : [problem.message] };
}

function errorOf(message) {
    const place = message.match(/line (\d+), column (\d+)/);
    return {
        message,
        onTarget: message.startsWith("is no ticket field"),
        place: place && { line: Number(place[1]), column: Number(place[2]) },
    };
}
