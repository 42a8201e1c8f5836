package dev.headroom.core;

/**
 * A failure of Headroom itself or of what it was given, worded for its user: what was tried, the value, the limit
 * and what to do next. Never holds a password or a bound value. docs/reference/errors.md lists them.
 */
public class HeadroomException extends RuntimeException {
    /** Creates one whose message is shown to the user as it stands. */
    public HeadroomException(String message) {
        super(message);
    }

    /** Creates one whose message is shown to the user as it stands; the cause only with {@code --debug}. */
    public HeadroomException(String message, Throwable cause) {
        super(message, cause);
    }
}
