package dev.headroom.server.recording;

import java.sql.SQLException;

/** A failure of the file below a recording, carried through code that does not know SQL. */
final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    StoreFailure(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
