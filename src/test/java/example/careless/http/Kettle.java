package example.careless.http;

import example.careless.tea.Tea;

/** Breaks: what everybody uses does not know who uses it. */
public record Kettle(Tea tea) {}
