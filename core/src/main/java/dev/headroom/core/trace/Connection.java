package dev.headroom.core.trace;

/**
 * One connection of the app to its database, as the proxy saw it.
 *
 * @param id unique in the recording, from 1
 * @param backendPid the server's process id from BackendKeyData; 0 where it never came
 * @param openedNanos monotonic clock, when the app connected
 * @param readyNanos monotonic clock, when the server was first ready for a query; 0 where that never happened
 * @param closedNanos monotonic clock; 0 while it is open
 */
public record Connection(long id, int backendPid, long openedNanos, long readyNanos, long closedNanos) {
    public Connection {
        if (id <= 0) {
            throw new IllegalArgumentException("a connection's id starts at 1: " + id);
        }
    }
}
