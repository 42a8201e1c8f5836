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

    /** No request is under way. */
    void rest() {
        enter(State.REST);
    }

    /** The first byte of a head has come. */
    void head() {
        if (state != State.HEAD) {
            enter(State.HEAD);
        }
    }

    /** A request is under way. */
    void busy() {
        enter(State.BUSY);
    }

    /** Our last byte was sent. */
    void lingers() {
        enter(State.LINGER);
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

    private void enter(State next) {
        state = next;
        sinceNanos = System.nanoTime();
    }
}
