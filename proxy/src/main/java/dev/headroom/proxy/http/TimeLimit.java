package dev.headroom.proxy.http;

import java.time.Duration;

/** How long something may take, and what it is by default. */
public enum TimeLimit {
    /** From headers and body sent to the response's first byte: as Heroku's router counts (error H12). */
    FIRST_BYTE(Duration.ofSeconds(30)),
    /** No byte in either direction after the response's first: as Heroku's router counts (error H15). */
    IDLE(Duration.ofSeconds(55)),
    /** Requests wait for an app that has not yet listened. */
    APP_START(Duration.ofSeconds(60)),
    /** A client sends a request's head, from its first byte to its last (nginx's {@code client_header_timeout}). */
    HEAD(Duration.ofSeconds(60)),
    /**
     * Between two pieces of a request's body that the app would take (nginx's {@code client_body_timeout}). A slow
     * upload goes on for as long as some of it comes.
     */
    BODY(Duration.ofSeconds(60)),
    /** A connection without a request is kept. */
    KEEP_ALIVE(Duration.ofMinutes(2)),
    /** The app's answer to a client that has gone is waited for. */
    ABANDONED_WORK(Duration.ofMinutes(10)),
    /** A client that ends its side this soon after its request is taken to wait for the answer all the same. */
    HALF_CLOSE(Duration.ofMillis(50)),
    /** The app works on for a client that has gone, without that being worth an event of its own. */
    UNNOTED_WORK(Duration.ofMillis(10));

    private final Duration usual;

    TimeLimit(Duration usual) {
        this.usual = usual;
    }

    /** The default. */
    public Duration usual() {
        return usual;
    }
}
