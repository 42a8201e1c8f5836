package dev.headroom.cli.config;

import dev.headroom.core.HeadroomException;

/** A configuration file that says what it can't say; the message names the file and the line. */
public final class ConfigurationException extends HeadroomException {
    private static final long serialVersionUID = 1L;

    ConfigurationException(String message) {
        super(message);
    }
}
