package dev.headroom.proxy.postgres.catalogue;

import java.io.IOException;

/** The server refused a statement of our own. Its message says why, without values. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    private final String state;

    RefusedException(String state, String message) {
        super(message);
        this.state = state;
    }

    /** The error's SQLSTATE. */
    String state() {
        return state;
    }
}
