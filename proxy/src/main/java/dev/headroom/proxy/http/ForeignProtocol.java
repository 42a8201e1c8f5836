package dev.headroom.proxy.http;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Recognises what an app answers that does not speak HTTP/1.1 in the clear, so that the message can say so. */
final class ForeignProtocol {
    private static final int TLS_ALERT = 0x15;
    private static final int TLS_HANDSHAKE = 0x16;
    private static final int HTTP2_SETTINGS = 4;
    private static final int HTTP2_GOAWAY = 7;

    private ForeignProtocol() {}

    /** What to tell the user, or null where the bytes could begin an HTTP/1.1 response. */
    static @Nullable String message(ByteBuffer in) {
        int from = in.position();
        int length = in.remaining();
        int first = in.get(from);
        if ((first == TLS_ALERT || first == TLS_HANDSHAKE) && (length < 2 || in.get(from + 1) == 3)) {
            return "the app speaks TLS on the port that Headroom gave it; let it speak plain HTTP there"
                    + " (Headroom listens on loopback, and the platform's router ends TLS)";
        }
        if (first == 0 && length >= 4) {
            int type = in.get(from + 3);
            if (type == HTTP2_SETTINGS || type == HTTP2_GOAWAY) {
                return "the app speaks only HTTP/2 on the port that Headroom gave it; let it speak HTTP/1.1 there";
            }
        }
        return null;
    }
}
