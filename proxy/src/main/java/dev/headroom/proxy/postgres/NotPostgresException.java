package dev.headroom.proxy.postgres;

/** Bytes that are no messages of the protocol: ends their interpretation, never their passing on. */
final class NotPostgresException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotPostgresException(String what) {
        super(what, null, false, false);
    }
}
