package dev.headroom.proxy.postgres.capture;

/**
 * Is told with what keys the executions of one connection can be cancelled from another (protocol 3, "Canceling
 * Requests in Progress"): the content of BackendKeyData. They are secrets, and go nowhere else.
 */
public interface CancelKeys {
    /** Nobody wants to know. */
    CancelKeys UNHEARD = new CancelKeys() {
        @Override
        public void issued(byte[] key) {}

        @Override
        public void revoked(byte[] key) {}
    };

    /** The server has given that key to the connection. */
    void issued(byte[] key);

    /** The connection that had that key is gone. */
    void revoked(byte[] key);
}
