package dev.headroom.core.trace;

/** How it is known which request a query belongs to (design: "Which request a statement belongs to"). */
public enum Attribution {
    /** Told by in-app instrumentation for this very execution, or part of the transaction or portal of such a one. */
    EXACT,
    /** One request was in flight for the whole of it, and nothing else could have sent it. */
    LIKELY_ALONE,
    /** Several requests were in flight, or an abandoned one may still have been running: never guessed. */
    UNATTRIBUTED,
    /** Part of setting a connection up: sent before the connection's first statement on behalf of anybody. */
    SET_UP,
    /** Sent while no request was in flight. */
    BACKGROUND;

    /** Whether a query of this attribution names its request. */
    public boolean namesRequest() {
        return this == EXACT || this == LIKELY_ALONE;
    }
}
