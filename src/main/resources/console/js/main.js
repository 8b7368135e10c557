import { Console } from "./console.js";
import { html, render } from "./view.js";

const place = document.getElementById("console");
place.replaceChildren();
render(html`<${Console} />`, place);
