package dev.headroom.core.check;

/** Who wrote a scenario, which decides what it is worth as a measure. */
public enum Origin {
    /** Who wrote the checks: passing it shows that nothing got worse, not that the checks are right. */
    GUARD,
    /** Someone who knew what the checks promise, but had not read how they work. */
    INDEPENDENT
}
