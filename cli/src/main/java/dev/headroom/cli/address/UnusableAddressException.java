package dev.headroom.cli.address;

import dev.headroom.core.HeadroomException;

/** An address that no driver could use. The message names what is wrong and never the user's name or password. */
public final class UnusableAddressException extends HeadroomException {
    private static final long serialVersionUID = 1L;

    UnusableAddressException(String message) {
        super(message);
    }
}
