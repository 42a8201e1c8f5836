package dev.headroom.proxy.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What those in front of us tell of a request: its trace, and since when it has been under way. */
final class IncomingTrace {
    private static final int TRACE_ID = 32;

    private IncomingTrace() {}

    /** The trace id of a {@code traceparent} (W3C Trace Context, section 3.2); null where it is not a valid one. */
    static @Nullable String traceId(String traceparent) {
        if (traceparent.length() < 55 || traceparent.charAt(2) != '-' || traceparent.charAt(35) != '-') {
            return null;
        }
        boolean zero = true;
        for (int i = 3; i < 3 + TRACE_ID; i++) {
            char c = traceparent.charAt(i);
            if (c > 0x7f || Octets.hex((byte) c) < 0) {
                return null;
            }
            zero &= c == '0';
        }
        return zero ? null : traceparent.substring(3, 3 + TRACE_ID).toLowerCase(Locale.ROOT);
    }

    /**
     * X-Request-Start as milliseconds since 1970, 0 where it can't be read. Routers send milliseconds (Heroku),
     * {@code t=} and seconds with a fraction (nginx's {@code $msec}) or microseconds (Apache's {@code %t}).
     */
    static long requestStartMillis(String value) {
        String number = value.startsWith("t=") ? value.substring(2) : value;
        if (number.isEmpty() || number.length() > 20) {
            return 0;
        }
        for (int i = 0; i < number.length(); i++) {
            char c = number.charAt(i);
            if ((c < '0' || c > '9') && c != '.') {
                return 0;
            }
        }
        double amount;
        try {
            amount = Double.parseDouble(number);
        } catch (NumberFormatException e) {
            return 0;
        }
        if (amount > 1e17) {
            return (long) (amount / 1e6);
        }
        if (amount > 1e14) {
            return (long) (amount / 1e3);
        }
        if (amount > 1e11) {
            return (long) amount;
        }
        return (long) (amount * 1e3);
    }
}
