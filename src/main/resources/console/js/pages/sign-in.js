import { get } from "../api.js";
import { Brand } from "../frame.js";
import { Button, useAction } from "../parts/button.js";
import { TextField, useForm } from "../parts/form.js";
import { Notice } from "../parts/notice.js";
import { begin, session } from "../session.js";
import { useStore } from "../store.js";
import { html, useLayoutEffect } from "../view.js";

export function SignIn() {
    const { ended } = useStore(session);
    const form = useForm({ token: "" });
    const signIn = useAction(async () => {
        const token = form.values.token.trim();
        if (form.reject(token ? {} : { token: "Enter a token." })) {
            return;
        }
        try {
            const { data } = await get("/api/me", { token });
            begin(token, data);
        } catch (problem) {
            const refused = problem.status === 401;
            form.reject({ token: refused ? "This token is unknown or has expired." : problem.message });
        }
    });

    // Before the page is painted: whoever types at once must not lose the focus to it later.
    useLayoutEffect(() => {
        document.title = "Sign in · ATMosFera";
        form.form.current.elements.token.focus();
    }, []);

    function submit(event) {
        event.preventDefault();
        signIn.run();
    }

    return html`
        <main class="sign-in">
            <form ref=${form.form} onSubmit=${submit} novalidate>
                <${Brand} />
                <div>
                    <h1>Sign in</h1>
                    <p class="quiet">Use an API token of the platform. This tab keeps it until you sign out or close the tab.</p>
                </div>
                ${ended && html`<div role="alert"><${Notice} tone="warn">${ended}<//></div>`}
                <${TextField} label="Token" type="password" autocomplete="current-password" spellcheck=${false}
                    hint="The first start prints the first token, unless PLATFORM_ADMIN_TOKEN sets it. Administrators create further tokens."
                    ...${form.field("token")} />
                <${Button} kind="main" type="submit" busy=${signIn.busy}>Sign in<//>
            </form>
        </main>`;
}
