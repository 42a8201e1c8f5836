package dev.headroom.proxy.http;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Recognises what an app answers that does not speak HTTP/1.1 in the clear, so that the message can say so. */
final class ForeignProtocol {
    private static final int TLS_ALERT = 0x15;
    private static final int TLS_HANDSHAKE = 0x16;
    private static final byte TLS_VERSION = 3;
    private static final int HTTP2_SETTINGS = 4;
    private static final int HTTP2_GOAWAY = 7;

    static final String TLS = "the app speaks TLS where it takes requests; let it speak plain HTTP there"
            + " (Headroom listens on loopback, and the platform's router ends TLS)";

    private ForeignProtocol() {}

    /** Whether a record of TLS can begin so: an alert or part of a handshake (RFC 8446, section 5.1). */
    static boolean isTls(byte type, byte version) {
        return (type == TLS_ALERT || type == TLS_HANDSHAKE) && version == TLS_VERSION;
    }

    /** What to tell the user, or null where the bytes could begin an HTTP/1.1 response. */
    static @Nullable String message(ByteBuffer in) {
        int from = in.position();
        int length = in.remaining();
        byte first = in.get(from);
        if (isTls(first, length < 2 ? TLS_VERSION : in.get(from + 1))) {
            return TLS;
        }
        if (first == 0 && length >= 4) {
            int type = in.get(from + 3);
            if (type == HTTP2_SETTINGS || type == HTTP2_GOAWAY) {
                return "the app speaks only HTTP/2 where it takes requests; let it speak HTTP/1.1 there";
            }
        }
        return null;
    }
}
