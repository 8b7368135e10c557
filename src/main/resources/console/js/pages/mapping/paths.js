/** More are not listed: nobody reads them. */
const MOST = 5000;
const LONGEST = 120;

/** Every value in an issue with the jq expression that gives it, the fields first: [{path, value}]. */
export function pathsOf({ fields, ...others }) {
    const found = [];
    walk({ fields, ...others }, "", found);
    return found;
}

function walk(value, path, found) {
    if (found.length >= MOST) {
        return;
    }
    if (value !== null && typeof value === "object") {
        const array = Array.isArray(value);
        for (const [name, member] of Object.entries(value)) {
            walk(member, path + (array ? `[${name}]` : step(name, path)), found);
        }
    } else if (value !== null) {
        const text = String(value);
        found.push({ path, value: text.length > LONGEST ? text.slice(0, LONGEST) + " …" : text });
    }
}

const step = (name, path) => (/^[A-Za-z_]\w*$/.test(name) ? "." + name : (path === "" ? "." : "") + `[${JSON.stringify(name)}]`);
