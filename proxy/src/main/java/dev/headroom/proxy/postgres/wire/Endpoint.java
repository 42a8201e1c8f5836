package dev.headroom.proxy.postgres.wire;

import java.nio.channels.SelectionKey;

/** One side of a session: its bytes and its place in the selector. */
public record Endpoint(Wire wire, SelectionKey key) {}
