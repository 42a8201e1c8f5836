package dev.headroom.cli.process;

import dev.headroom.core.HeadroomException;

/** The command could not be started; the exit status is the one that a shell would give. */
public final class CannotStartException extends HeadroomException {
    private static final long serialVersionUID = 1L;

    private final int exitStatus;

    CannotStartException(String message, int exitStatus, Throwable cause) {
        super(message, cause);
        this.exitStatus = exitStatus;
    }

    /** 127 where the command does not exist, 126 where it cannot be executed. */
    public int exitStatus() {
        return exitStatus;
    }
}
