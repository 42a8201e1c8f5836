package dev.headroom.core.trace;

/** How a request ended, as the proxy saw it. */
public enum Outcome {
    /** The whole response reached the client. */
    COMPLETED,
    /** The client went away first; the app may have gone on. */
    CLIENT_GONE,
    /** The app closed or broke the connection before its response was complete. */
    APP_GONE,
    /** No connection to the app could be made. */
    APP_UNREACHABLE,
    /** Ended by {@code --enforce-timeout}. */
    TIMED_OUT,
    /** Became another protocol (WebSocket and other Upgrades): does not count as in flight after that. */
    UPGRADED,
    /** Refused by the proxy before it reached the app. */
    REFUSED
}
