// Times in the viewer's zone and language.

import { store } from "./store.js";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: "auto", style: "short" });
const withinDay = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const short = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const long = new Intl.DateTimeFormat(undefined, { year: "numeric", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });
const exact = new Intl.DateTimeFormat(undefined, {
    weekday: "short", year: "numeric", month: "short", day: "numeric",
    hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, timeZoneName: "short",
});

/** Moves on every ten seconds, for what says how long ago something was. */
export const clock = store(Date.now());
setInterval(() => clock.set(Date.now()), 10_000);

/** "5 minutes ago", "in 20 seconds"; for what is more than a day away, its day and time. */
export function ago(iso, now = Date.now()) {
    const seconds = (Date.parse(iso) - now) / 1000;
    const size = Math.abs(seconds);
    if (size < 5) {
        return "just now";
    }
    if (size < MINUTE) {
        return relative.format(Math.round(seconds), "second");
    }
    if (size < HOUR) {
        return relative.format(Math.round(seconds / MINUTE), "minute");
    }
    if (size < DAY) {
        return relative.format(Math.round(seconds / HOUR), "hour");
    }
    const at = new Date(Date.parse(iso));
    return at.getFullYear() === new Date(now).getFullYear() ? short.format(at) : long.format(at);
}

export const exactly = iso => `${exact.format(Date.parse(iso))} (${iso})`;
const whole = new Intl.DateTimeFormat(undefined, { year: "numeric", month: "short", day: "numeric", timeZone: "UTC" });
/** A day without a time of its own, such as a due date: "29 Nov 2025". */
export const day = iso => (Number.isNaN(Date.parse(iso)) ? iso : whole.format(Date.parse(iso)));

export const timeOfDay = at => withinDay.format(at);
const withSeconds = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", second: "2-digit" });
export const shortlyExact = iso => withSeconds.format(Date.parse(iso));
export const shortly = at => short.format(at);

/** How old data is, in whole seconds at least: "1 s", "4 min 10 s". */
export const age = seconds => duration(Math.max(1, Math.round(seconds)) * 1000).replace(".0 s", " s");

/** "1.8 s", "4 min 10 s", "2 h 5 min". */
export function duration(milliseconds) {
    if (milliseconds === null || milliseconds === undefined) {
        return "";
    }
    const seconds = milliseconds / 1000;
    if (seconds < 1) {
        return `${Math.round(milliseconds)} ms`;
    }
    if (seconds < 10) {
        return `${seconds.toFixed(1)} s`;
    }
    const whole = Math.round(seconds);
    if (whole < MINUTE) {
        return `${whole} s`;
    }
    if (whole < HOUR) {
        return `${Math.floor(whole / MINUTE)} min ${whole % MINUTE} s`;
    }
    if (whole < DAY) {
        return `${Math.floor(whole / HOUR)} h ${Math.floor((whole % HOUR) / MINUTE)} min`;
    }
    return `${Math.floor(whole / DAY)} d ${Math.floor((whole % DAY) / HOUR)} h`;
}
