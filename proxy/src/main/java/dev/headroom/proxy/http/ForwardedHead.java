package dev.headroom.proxy.http;

/**
 * Writes the head that the app gets: the client's lines as they came, with our request id, and what of X-Forwarded-* is
 * missing. X-Forwarded-For grows by the client's address; X-Forwarded-Proto is never changed. Hop-by-hop fields pass,
 * because each client connection has an app connection of its own and both sides shall see what they would see
 * without us; only an upgrade to HTTP/2 is taken out, since what follows it could not be read.
 */
final class ForwardedHead {
    private static final String REQUEST_ID = "x-headroom-request";

    private ForwardedHead() {}

    /**
     * Writes it.
     *
     * @param client the client's address as text
     * @param port the port that the client reached
     */
    static void write(HeadBytes out, MessageHead head, RequestHead request, long id, String client, int port) {
        byte[] bytes = head.bytes();
        out.clear();
        out.add(bytes, 0, head.startLineEnd() + 2);
        boolean proto = false;
        boolean host = false;
        boolean portTold = false;
        int forwardedFor = -1;
        int hostField = -1;
        for (int i = 0; i < head.fields(); i++) {
            switch (head.nameEnd(i) - head.nameFrom(i)) {
                case 4 -> hostField = head.nameIs(i, "host") ? i : hostField;
                case 15 -> {
                    if (head.nameIs(i, "x-forwarded-for")) {
                        forwardedFor = i;
                    }
                }
                case 16 -> {
                    host |= head.nameIs(i, "x-forwarded-host");
                    portTold |= head.nameIs(i, "x-forwarded-port");
                }
                case 17 -> proto |= head.nameIs(i, "x-forwarded-proto");
                default -> {}
            }
        }
        for (int i = 0; i < head.fields(); i++) {
            if (isOurs(head, i) || (request.dropsUpgrade() && isUpgrade(head, i))) {
                continue;
            }
            out.add(bytes, head.nameFrom(i), head.valueEnd(i));
            if (i == forwardedFor) {
                out.add(", ");
                out.add(client);
            }
            out.add("\r\n");
        }
        if (forwardedFor < 0) {
            line(out, "X-Forwarded-For: ", client);
        }
        if (!proto) {
            line(out, "X-Forwarded-Proto: ", "http");
        }
        if (!host && hostField >= 0) {
            out.add("X-Forwarded-Host: ");
            out.add(bytes, head.valueFrom(hostField), head.valueEnd(hostField));
            out.add("\r\n");
        }
        if (!portTold) {
            out.add("X-Forwarded-Port: ");
            out.add(port);
            out.add("\r\n");
        }
        if (request.dropsUpgrade() && !request.persistent()) {
            line(out, "Connection: ", "close");
        }
        out.add("X-Headroom-Request: ");
        out.add(id);
        out.add("\r\n\r\n");
    }

    private static void line(HeadBytes out, String name, String value) {
        out.add(name);
        out.add(value);
        out.add("\r\n");
    }

    /** Whether the client uses our own field's name, also in the spelling that CGI-like servers can't tell apart. */
    private static boolean isOurs(MessageHead head, int field) {
        int from = head.nameFrom(field);
        if (head.nameEnd(field) - from != REQUEST_ID.length()) {
            return false;
        }
        for (int i = 0; i < REQUEST_ID.length(); i++) {
            int octet = head.bytes()[from + i];
            int lower = octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet == '_' ? '-' : octet;
            if (lower != REQUEST_ID.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUpgrade(MessageHead head, int field) {
        return head.nameIs(field, "upgrade")
                || head.nameIs(field, "http2-settings")
                || head.nameIs(field, "connection");
    }
}
