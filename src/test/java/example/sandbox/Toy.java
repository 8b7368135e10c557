package example.sandbox;

import example.careless.http.Kettle;

/** Breaks: the sandbox imports nothing of the platform. */
public record Toy(Kettle kettle) {}
