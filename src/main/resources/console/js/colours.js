// Light and dark: as the system has it, until the person chooses.

import { store } from "./store.js";

const KEY = "atmosfera.colours";
const system = matchMedia("(prefers-color-scheme: dark)");

export const colours = store(document.documentElement.dataset.colours);

colours.watch(chosen => (document.documentElement.dataset.colours = chosen));

system.addEventListener("change", event => {
    if (!localStorage.getItem(KEY)) {
        colours.set(event.matches ? "dark" : "light");
    }
});

export function switchColours() {
    const next = colours.get() === "dark" ? "light" : "dark";
    localStorage.setItem(KEY, next);
    colours.set(next);
}
