// Forms: their values, and what the platform says is wrong, at the field that it names.

import { html, useEffect, useId, useRef, useState } from "../view.js";

/**
 * @param start  the values to begin with
 * @param names  the fields that the form shows; errors of any other are said above it
 */
export function useForm(start, names = Object.keys(start)) {
    const [values, setValues] = useState(start);
    const [errors, setErrors] = useState({});
    const form = useRef(null);
    const [failures, setFailures] = useState(0);

    useEffect(() => {
        form.current?.querySelector('[aria-invalid="true"]')?.focus();
    }, [failures]);

    return {
        form,
        values,
        errors,
        set: changes => setValues(before => ({ ...before, ...changes })),
        /** Shows what is wrong: {field: message}. Gives whether anything is. */
        reject(wrong) {
            setErrors(wrong);
            const any = Object.keys(wrong).length > 0;
            if (any) {
                setFailures(number => number + 1);
            }
            return any;
        },
        /** Shows a Problem at its fields; gives it back where it belongs above the form. */
        blame(problem) {
            const wrong = {};
            const rest = [];
            for (const { field, message } of problem.errors ?? []) {
                if (names.includes(field)) {
                    wrong[field] = friendly(message);
                } else {
                    rest.push(field ? `${field} ${friendly(message)}` : friendly(message));
                }
            }
            this.reject(wrong);
            if (Object.keys(wrong).length === 0 || rest.length > 0) {
                return rest.length > 0 ? new Error(rest.join(" · ")) : problem;
            }
            return null;
        },
        /** The properties of a field component. */
        field: name => ({
            name,
            value: values[name],
            error: errors[name],
            onValue(value) {
                setValues(before => ({ ...before, [name]: value }));
                setErrors(({ [name]: _, ...others }) => others);
            },
        }),
    };
}

/** The contract's validator speaks to programmers. */
export function friendly(message) {
    return message
        .replace(/^ECMA 262 regex .*$/s, "has the wrong format")
        .replace(/^String ".*" is too short.*$/s, "is too short")
        .replace(/^String ".*" is too long.*maximum allowed: (\d+).*$/s, "is longer than $1 characters")
        .replace(/^Numeric instance is lower than .*minimum: (\d+).*$/s, "must be at least $1")
        .replace(/^Numeric instance is greater than .*maximum: (\d+).*$/s, "must be at most $1");
}

/** The frame of a field: its name, a hint, and what is wrong. children: a function of the control's properties. */
function Field({ label, optional, hint, error, look = "", children }) {
    const id = useId();
    const described = [hint && id + "-hint", error && id + "-error"].filter(Boolean).join(" ") || undefined;
    const control = children({ id, "aria-describedby": described, "aria-invalid": error ? "true" : undefined });
    const name = html`<label for=${id}>${label}${optional && html` <span class="optional">(optional)</span>`}</label>`;
    return html`
        <div class=${"field " + look}>
            ${look.includes("check") ? [control, name] : [name, control]}
            ${hint && html`<span class="hint" id=${id + "-hint"}>${hint}</span>`}
            ${error && html`<span class="error" id=${id + "-error"}>${error}</span>`}
        </div>`;
}

export const TextField = ({ label, optional, hint, error, look, value, onValue, ...others }) => html`
    <${Field} ...${{ label, optional, hint, error, look }}>
        ${control => html`<input type="text" ...${control} ...${others} value=${value ?? ""}
            onInput=${event => onValue(event.target.value)} />`}
    <//>`;

export const AreaField = ({ label, optional, hint, error, look, value, onValue, ...others }) => html`
    <${Field} ...${{ label, optional, hint, error, look }}>
        ${control => html`<textarea rows="3" ...${control} ...${others} value=${value ?? ""}
            onInput=${event => onValue(event.target.value)}></textarea>`}
    <//>`;

/** options: [[value, text]] */
export const SelectField = ({ label, optional, hint, error, look, value, onValue, options, ...others }) => html`
    <${Field} ...${{ label, optional, hint, error, look }}>
        ${control => html`<select ...${control} ...${others} value=${value ?? ""}
            onChange=${event => onValue(event.target.value)}>
            ${options.map(([name, text]) => html`<option key=${name} value=${name}>${text}</option>`)}
        </select>`}
    <//>`;

export const CheckField = ({ label, hint, error, value, onValue, ...others }) => html`
    <${Field} ...${{ label, hint, error, look: "check" }}>
        ${control => html`<input type="checkbox" ...${control} ...${others} checked=${value}
            onChange=${event => onValue(event.target.checked)} />`}
    <//>`;

/** One of a few, each with what it means. options: [[value, text, hint]] */
export const ChoiceField = ({ label, name, value, onValue, options }) => html`
    <fieldset class="field">
        <legend>${label}</legend>
        <div class="choices">
            ${options.map(([option, text, hint]) => html`
                <label class="choice" key=${option}>
                    <input type="radio" name=${name} value=${option} checked=${value === option} onChange=${() => onValue(option)} />
                    <span>${text}</span>
                    <span class="hint">${hint}</span>
                </label>`)}
        </div>
    </fieldset>`;

/** Shows the Problem of an action at the form's fields; what fits none goes to rest. */
export function useBlame(form, problem, rest) {
    useEffect(() => {
        rest(problem ? form.blame(problem) : null);
    }, [problem]);
}
