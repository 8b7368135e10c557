package example.careless.milk;

import example.sandbox.Toy;

/** Breaks: the platform imports nothing of the sandbox. */
public record Cow(Toy toy) {}
