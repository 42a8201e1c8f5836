package dev.headroom.proxy.postgres.catalogue;

import java.io.IOException;

/** The server refused a statement of our own. Its message says why, without values. */
final class RefusedException extends IOException {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
        super(message);
    }
}
