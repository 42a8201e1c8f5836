package dev.headroom.core.trace;

/**
 * Something that happened once and matters: a time-out, a crash, a restart, a quota reached.
 *
 * @param nanos monotonic clock
 * @param kind what happened
 * @param requestId the request concerned, 0 for none
 * @param text one line for people; holds no secret and no user's value
 */
public record Event(long nanos, Kind kind, long requestId, String text) {
    /** What kind of event. */
    public enum Kind {
        APP_STARTED,
        APP_LISTENING,
        APP_EXITED,
        APP_UNREACHABLE,
        ROUTER_TIMEOUT,
        IDLE_TIMEOUT,
        WORK_AFTER_CLIENT_GONE,
        BAD_REQUEST,
        BAD_RESPONSE,
        DATABASE_UNREACHABLE,
        DATABASE_REFUSED,
        DATABASE_CONNECTION_BROKEN,
        MEMORY_QUOTA,
        RECORDING,
        INSTRUMENTATION
    }
}
