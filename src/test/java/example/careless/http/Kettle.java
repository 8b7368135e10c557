package example.careless.http;

import example.careless.tea.Tea;

/** Breaks: what everybody uses does not know who uses it; a value has one name. */
public record Kettle(Tea tea) {

    public Tea getTea() {
        return tea;
    }
}
