package dev.headroom.proxy.http;

import org.jspecify.annotations.Nullable;

/**
 * What a request's head says that a proxy must know. Refuses whatever leaves open where the body ends (RFC 9112,
 * sections 3, 6 and 11.2).
 *
 * @param method e.g. {@code GET}
 * @param target what is asked for
 * @param body where the body ends
 * @param persistent whether the client wants to keep the connection
 * @param upgrade whether another protocol is asked for that may be passed on (HTTP/2 is not)
 * @param dropsUpgrade whether an upgrade to HTTP/2 is asked for, which is taken out
 * @param expectsContinue whether the client may wait for a 100 before it sends the body
 * @param traceId the trace id of {@code traceparent}; null where none came
 * @param queuedSinceMillis X-Request-Start as milliseconds since 1970; 0 where none came
 */
record RequestHead(
        String method,
        Target target,
        BodyFraming body,
        boolean persistent,
        boolean upgrade,
        boolean dropsUpgrade,
        boolean expectsContinue,
        @Nullable String traceId,
        long queuedSinceMillis) {
    private static final int LENGTH_DIGITS = 18;
    private static final String[] USUAL_METHODS = {"GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"};

    /** Whether sending it again does no harm, and it can be sent again because it has no body (RFC 9110, 9.2.2). */
    boolean repeatable() {
        // not whether the body is complete: once it was passed on it always is, and it can't be sent again
        return body == FixedLength.NONE
                && switch (method) {
                    case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" -> true;
                    default -> false;
                };
    }

    /**
     * Reads a head.
     *
     * @param targets what was made of targets before
     */
    static RequestHead of(MessageHead head, RepeatedText<Target> targets) throws MalformedMessage {
        byte[] bytes = head.bytes();
        int lineEnd = head.startLineEnd();
        int methodEnd = 0;
        while (Octets.isToken(bytes[methodEnd])) {
            methodEnd++;
        }
        int targetEnd = lineEnd - " HTTP/1.1".length();
        if (methodEnd == 0 || bytes[methodEnd] != ' ' || targetEnd <= methodEnd + 1) {
            throw new MalformedMessage(400, "the request line is not method, target and version");
        }
        if (!isVersion(bytes, targetEnd)) {
            throw new MalformedMessage(
                    looksVersioned(bytes, targetEnd) ? 505 : 400, "the request is not of HTTP/1.0 or HTTP/1.1");
        }
        for (int i = methodEnd + 1; i < targetEnd; i++) {
            if (Octets.isBlank(bytes[i])) {
                throw new MalformedMessage(400, "the request's target holds white space");
            }
        }
        String method = method(head, methodEnd);
        if (method.equals("CONNECT")) {
            throw new MalformedMessage(405, "CONNECT is not passed on: this is no forward proxy");
        }
        boolean version11 = bytes[lineEnd - 1] == '1';
        return of(head, method, targets.of(bytes, methodEnd + 1, targetEnd), version11);
    }

    private static RequestHead of(MessageHead head, String method, Target target, boolean version11)
            throws MalformedMessage {
        int hosts = 0;
        int transferEncodings = 0;
        long length = -1;
        boolean close = false;
        boolean keepAlive = false;
        boolean upgrade = false;
        boolean http2 = false;
        boolean expectsContinue = false;
        String traceId = null;
        long queuedSince = 0;
        for (int i = 0; i < head.fields(); i++) {
            switch (head.nameEnd(i) - head.nameFrom(i)) {
                case 4 -> {
                    if (head.nameIs(i, "host") && ++hosts > 1) {
                        throw new MalformedMessage(400, "more than one Host");
                    }
                }
                case 6 -> expectsContinue |= head.nameIs(i, "expect") && head.lists(i, "100-continue");
                case 7 -> {
                    if (head.nameIs(i, "upgrade")) {
                        http2 |= head.lists(i, "h2c") || head.lists(i, "h2");
                        upgrade = true;
                    }
                }
                case 10 -> {
                    if (head.nameIs(i, "connection")) {
                        close |= head.lists(i, "close");
                        keepAlive |= head.lists(i, "keep-alive");
                    }
                }
                case 11 -> {
                    if (traceId == null && head.nameIs(i, "traceparent")) {
                        traceId = IncomingTrace.traceId(head.value(i));
                    }
                }
                case 14 -> {
                    if (head.nameIs(i, "content-length")) {
                        if (length >= 0) {
                            throw new MalformedMessage(400, "more than one Content-Length");
                        }
                        length = length(head, i);
                    } else if (head.nameIs(i, "http2-settings")) {
                        http2 = true;
                    }
                }
                case 15 -> {
                    if (queuedSince == 0 && head.nameIs(i, "x-request-start")) {
                        queuedSince = IncomingTrace.requestStartMillis(head.value(i));
                    }
                }
                case 17 -> {
                    if (head.nameIs(i, "transfer-encoding")) {
                        if (++transferEncodings > 1 || !head.value(i).equalsIgnoreCase("chunked")) {
                            throw new MalformedMessage(501, "a Transfer-Encoding other than just chunked");
                        }
                    }
                }
                default -> {}
            }
        }
        if (transferEncodings > 0 && (length >= 0 || !version11)) {
            throw new MalformedMessage(
                    400, length >= 0 ? "both Content-Length and Transfer-Encoding" : "Transfer-Encoding in HTTP/1.0");
        }
        BodyFraming body =
                transferEncodings > 0 ? new Chunked() : length > 0 ? new FixedLength(length) : FixedLength.NONE;
        boolean persistent = !close && (version11 || keepAlive);
        return new RequestHead(
                method, target, body, persistent, upgrade && !http2, http2, expectsContinue, traceId, queuedSince);
    }

    private static long length(MessageHead head, int field) throws MalformedMessage {
        int from = head.valueFrom(field);
        int end = head.valueEnd(field);
        return length(head.bytes(), from, end);
    }

    /** Content-Length's value: nothing but digits. */
    static long length(byte[] bytes, int from, int end) throws MalformedMessage {
        if (end == from || end - from > LENGTH_DIGITS) {
            throw new MalformedMessage(400, "Content-Length is not a number of 1 to " + LENGTH_DIGITS + " digits");
        }
        long length = 0;
        for (int i = from; i < end; i++) {
            if (!Octets.isDigit(bytes[i])) {
                throw new MalformedMessage(400, "Content-Length is not a number");
            }
            length = length * 10 + bytes[i] - '0';
        }
        return length;
    }

    private static boolean isVersion(byte[] bytes, int at) {
        return looksVersioned(bytes, at)
                && bytes[at + 6] == '1'
                && bytes[at + 7] == '.'
                && (bytes[at + 8] == '0' || bytes[at + 8] == '1');
    }

    private static boolean looksVersioned(byte[] bytes, int at) {
        return bytes[at] == ' '
                && bytes[at + 1] == 'H'
                && bytes[at + 2] == 'T'
                && bytes[at + 3] == 'T'
                && bytes[at + 4] == 'P'
                && bytes[at + 5] == '/';
    }

    /** The usual methods without a new string each. */
    private static String method(MessageHead head, int end) {
        for (String usual : USUAL_METHODS) {
            if (usual.length() == end && Octets.equal(head.bytes(), 0, usual)) {
                return usual;
            }
        }
        return head.text(0, end);
    }
}
