package dev.headroom.proxy.http;

/**
 * A message that is refused because two readers could understand it differently (RFC 9112, sections 2.2, 5, 6, 7 and
 * 11). The text quotes nothing of the message.
 */
final class MalformedMessage extends Exception {
    private static final long serialVersionUID = 1;

    private final int status;

    MalformedMessage(int status, String text) {
        super(text, null, false, false);
        this.status = status;
    }

    /** The status to answer with where it was a request. */
    int status() {
        return status;
    }

    /** What is wrong, for people. */
    String text() {
        return String.valueOf(getMessage());
    }
}
