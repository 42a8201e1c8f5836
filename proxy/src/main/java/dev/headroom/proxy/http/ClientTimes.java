package dev.headroom.proxy.http;

/** Since when a client's connection has been in the state that it is in. */
final class ClientTimes {
    private enum State {
        REST,
        HEAD,
        BUSY,
        LINGER
    }

    private State state = State.REST;
    private long sinceNanos;

    /** No request is under way, as seen at {@code now}. */
    void rest(long now) {
        enter(State.REST, now);
    }

    /** Bytes of a head, the first or more of them, have come. */
    void head(long now) {
        if (state != State.HEAD) {
            enter(State.HEAD, now);
        }
    }

    /** A request is under way. */
    void busy(long now) {
        enter(State.BUSY, now);
    }

    /** Our last byte was sent. */
    void lingers(long now) {
        enter(State.LINGER, now);
    }

    /** When the first byte of the head came that was read last. */
    long headNanos() {
        return sinceNanos;
    }

    /** When the request under way had its head complete. */
    long busyNanos() {
        return sinceNanos;
    }

    /** Whether a connection without a request has been kept for longer than {@code nanos}. */
    boolean restedFor(long nanos, long now) {
        return state == State.REST && now - sinceNanos > nanos;
    }

    /** Whether a head has been incomplete for longer than {@code nanos}. */
    boolean headTookMoreThan(long nanos, long now) {
        return state == State.HEAD && now - sinceNanos > nanos;
    }

    /** Whether the client has not closed for longer than {@code nanos} after our last byte. */
    boolean lingeredFor(long nanos, long now) {
        return state == State.LINGER && now - sinceNanos > nanos;
    }

    private void enter(State next, long now) {
        state = next;
        sinceNanos = now;
    }
}
