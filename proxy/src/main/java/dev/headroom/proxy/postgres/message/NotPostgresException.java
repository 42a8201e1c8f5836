package dev.headroom.proxy.postgres.message;

/** Bytes that are no messages of the protocol: ends their interpretation, never their passing on. */
public final class NotPostgresException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says what was found in place of a message. */
    public NotPostgresException(String what) {
        super(what, null, false, false);
    }
}
