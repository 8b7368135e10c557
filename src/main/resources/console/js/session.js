// Who is signed in: a token, kept in this tab only, and what the platform says of it.

import { store } from "./store.js";

const KEY = "atmosfera.token";
const ROLES = ["VIEWER", "MEMBER", "MANAGER", "ADMIN"];

/** token: what is sent with requests. me: {name, role, expiresAt?}, once known. ended: why one has to sign in again. */
export const session = store({ token: sessionStorage.getItem(KEY), me: null, ended: null });

export function begin(token, me) {
    sessionStorage.setItem(KEY, token);
    session.set({ token, me, ended: null });
}

export function end(reason = null) {
    sessionStorage.removeItem(KEY);
    session.set({ token: null, me: null, ended: reason });
}

/** Whether the person may do what takes this role. The platform decides again; here it is about what is offered. */
export function may(role) {
    const { me } = session.get();
    return me !== null && ROLES.indexOf(me.role) >= ROLES.indexOf(role);
}
