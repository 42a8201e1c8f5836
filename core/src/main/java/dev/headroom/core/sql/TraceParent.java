package dev.headroom.core.sql;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the trace id in a comment that sqlcommenter wrote ({@code traceparent='00-<32 hex>-<16 hex>-01'}, W3C Trace
 * Context, section 3.2).
 */
final class TraceParent {
    private static final byte[] NAME = "traceparent=".getBytes(StandardCharsets.US_ASCII);

    private TraceParent() {}

    /** The trace id between {@code from} and {@code to}, lower-case hex; null where there is none. */
    static @Nullable String find(byte[] text, int from, int to) {
        for (int i = from; i + NAME.length + 35 <= to; i++) {
            if (text[i] == 't' && startsWith(text, i)) {
                return read(text, i + NAME.length, to);
            }
        }
        return null;
    }

    private static boolean startsWith(byte[] text, int at) {
        for (int i = 0; i < NAME.length; i++) {
            if (text[at + i] != NAME[i]) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String read(byte[] text, int from, int to) {
        int start = from;
        if (text[start] == '\'') {
            start++;
        } else if (text[start] == '%' && text[start + 1] == '2' && text[start + 2] == '7') {
            start += 3;
        }
        int id = start + 3;
        if (id + 33 > to || text[start + 2] != '-' || text[id + 32] != '-') {
            return null;
        }
        boolean zero = true;
        for (int i = id; i < id + 32; i++) {
            if (!(text[i] >= '0' && text[i] <= '9' || text[i] >= 'a' && text[i] <= 'f')) {
                return null;
            }
            zero &= text[i] == '0';
        }
        return zero ? null : new String(text, id, 32, StandardCharsets.US_ASCII);
    }
}
