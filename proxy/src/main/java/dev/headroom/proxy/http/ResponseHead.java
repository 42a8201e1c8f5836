package dev.headroom.proxy.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a response's head says that a proxy must know.
 *
 * @param status three digits
 * @param body where the body ends (RFC 9112, section 6.3)
 * @param persistent whether the app keeps the connection
 * @param contradictory whether Content-Length came along with Transfer-Encoding, which overrides it and must not be
 *     passed on (RFC 9112, section 6.3)
 * @param contentType what kind of content it is
 * @param contentEncoding in lower case; null where none came
 */
record ResponseHead(
        int status,
        BodyFraming body,
        boolean persistent,
        boolean contradictory,
        MediaType contentType,
        @Nullable String contentEncoding) {
    /** Whether it is followed by the final response (RFC 9110, section 15.2). */
    boolean interim() {
        return status < 200 && status != 101;
    }

    /** Whether it is a stream of events that lasts as long as somebody listens. */
    boolean eventStream() {
        return contentType.name().equals("text/event-stream");
    }

    /**
     * Reads a head.
     *
     * @param toHead whether it answers a HEAD request
     * @param types what was made of content types before
     */
    static ResponseHead of(MessageHead head, boolean toHead, RepeatedText<MediaType> types) throws MalformedMessage {
        byte[] bytes = head.bytes();
        int status = status(bytes, head.startLineEnd());
        boolean version11 = bytes[7] == '1';
        boolean transferEncoding = false;
        boolean chunked = false;
        long length = -1;
        boolean close = false;
        boolean keepAlive = false;
        MediaType type = MediaType.NONE;
        String encoding = null;
        for (int i = 0; i < head.fields(); i++) {
            switch (head.nameEnd(i) - head.nameFrom(i)) {
                case 10 -> {
                    if (head.nameIs(i, "connection")) {
                        close |= head.lists(i, "close");
                        keepAlive |= head.lists(i, "keep-alive");
                    }
                }
                case 12 -> {
                    if (head.nameIs(i, "content-type")) {
                        type = types.of(bytes, head.valueFrom(i), head.valueEnd(i));
                    }
                }
                case 14 -> {
                    if (head.nameIs(i, "content-length")) {
                        long told = RequestHead.length(bytes, head.valueFrom(i), head.valueEnd(i));
                        if (length >= 0 && told != length) {
                            throw new MalformedMessage(502, "two Content-Length that differ");
                        }
                        length = told;
                    }
                }
                case 16 -> {
                    if (head.nameIs(i, "content-encoding")) {
                        encoding = head.value(i).toLowerCase(Locale.ROOT);
                    }
                }
                case 17 -> {
                    if (head.nameIs(i, "transfer-encoding")) {
                        String coding = head.value(i).toLowerCase(Locale.ROOT);
                        if (!coding.equals("identity")) { // which meant none (RFC 2616), and still does to clients
                            transferEncoding = true;
                            chunked = coding.equals("chunked") || coding.matches(".*[, \t]chunked");
                        }
                    }
                }
                default -> {}
            }
        }
        BodyFraming body;
        if (toHead || status < 200 || status == 204 || status == 304) {
            body = FixedLength.NONE;
        } else if (transferEncoding) {
            body = chunked && version11 ? new Chunked() : new UntilClose();
        } else {
            body = length < 0 ? new UntilClose() : length == 0 ? FixedLength.NONE : new FixedLength(length);
        }
        boolean persistent = !close && !body.untilClose() && (version11 || keepAlive);
        boolean contradictory = transferEncoding && length >= 0;
        return new ResponseHead(status, body, persistent && !contradictory, contradictory, type, encoding);
    }

    private static int status(byte[] bytes, int lineEnd) throws MalformedMessage {
        boolean wellFormed = lineEnd >= 12
                && bytes[0] == 'H'
                && bytes[1] == 'T'
                && bytes[2] == 'T'
                && bytes[3] == 'P'
                && bytes[4] == '/'
                && bytes[5] == '1'
                && bytes[6] == '.'
                && (bytes[7] == '0' || bytes[7] == '1')
                && bytes[8] == ' '
                && bytes[9] >= '1'
                && bytes[9] <= '9'
                && Octets.isDigit(bytes[10])
                && Octets.isDigit(bytes[11])
                && (lineEnd == 12 || bytes[12] == ' ');
        if (!wellFormed) {
            throw new MalformedMessage(502, "the first line is not the status line of an HTTP/1.1 response");
        }
        return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
    }
}
