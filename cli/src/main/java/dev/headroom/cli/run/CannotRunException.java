package dev.headroom.cli.run;

import dev.headroom.core.HeadroomException;

/** A run that could not begin; the exit status says of which kind the reason is. */
public final class CannotRunException extends HeadroomException {
    private static final long serialVersionUID = 1L;

    private final int exitStatus;

    CannotRunException(int exitStatus, String message) {
        super(message);
        this.exitStatus = exitStatus;
    }

    CannotRunException(int exitStatus, String message, Throwable cause) {
        super(message, cause);
        this.exitStatus = exitStatus;
    }

    /** One of {@link ExitStatus}. */
    public int exitStatus() {
        return exitStatus;
    }
}
