package dev.headroom.proxy.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Takes Content-Length out of a response that has Transfer-Encoding too, as whoever passes such a response on must (RFC
 * 9112, section 6.3). The field's name is overwritten in place, so that nothing has to be moved.
 */
final class LengthRemoval {
    private static final byte[] INSTEAD = "X-Removed-Size".getBytes(StandardCharsets.US_ASCII);

    private LengthRemoval() {}

    /** Does so in the head that was read from {@code in} at {@code from}. */
    static void apply(MessageHead head, ByteBuffer in, int from) {
        for (int i = 0; i < head.fields(); i++) {
            if (head.nameIs(i, "content-length")) {
                in.put(from + head.nameFrom(i), INSTEAD);
            }
        }
    }
}
